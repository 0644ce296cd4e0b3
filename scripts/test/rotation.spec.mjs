import { execFile } from 'node:child_process';
import { createHmac } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseEnv, promisify } from 'node:util';
import { createDatabaseClient } from '@tessera/database';
import { keyIdOf } from '../key-ring.mjs';
import { startLoad } from './constant-load.mjs';
import { kidOf, signUp } from './signed-up-user.mjs';
import { createPlace, eventually, ROOT } from './started-product.mjs';

// The product as it is shipped, with somebody asking the API all the time (FR-016, SC-003).

const ROTATIONS = 10;
const UNLIMITED = { API_RATE_LIMIT: '0', AUTH_RATE_LIMIT: 'off' };

let place;

beforeEach(async () => {
  place = await createPlace();
});

afterEach(() => place.remove());

/** A token like another one, signed by a secret that does not sign yet. */
function signedBy(secret, token) {
  const header = { alg: 'HS256', kid: keyIdOf(secret), typ: 'JWT' };
  const head = Buffer.from(JSON.stringify(header)).toString('base64url');
  const input = `${head}.${token.split('.')[1]}`;
  return `${input}.${createHmac('sha256', secret).update(input).digest('base64url')}`;
}

it('ten rotations of the shared secret fail no request, and the first one is refused', async () => {
  await place.start(UNLIMITED).ready;
  const { url, fetchToken, statusFor } = await signUp(place);
  const first = await fetchToken();
  let token = first;

  const env = { ...place.environment, ...UNLIMITED };
  const keys = (...words) =>
    promisify(execFile)(process.execPath, ['scripts/keys.mjs', ...words], { cwd: ROOT, env });
  const launcher = Number(readFileSync(join(env.DATA_DIR, 'launcher.pid'), 'utf8'));
  const hangUp = () => process.kill(launcher, 'SIGHUP');
  const isAccepted = async (candidate) => (await statusFor(candidate)) === 200;

  const load = await startLoad(url, token);
  for (let rotation = 1; rotation <= ROTATIONS; rotation++) {
    const replaced = token;
    await keys('add');
    hangUp();
    const { JWT_ACCEPTED_SECRETS: added } = parseEnv(readFileSync(env.ENV_FILE, 'utf8'));
    await eventually(() => isAccepted(signedBy(added, token)));

    await keys('promote', '--now');
    hangUp();
    await eventually(async () => kidOf((token = await fetchToken())) === keyIdOf(added));
    await load.use(token);

    await keys('retire', '--now');
    hangUp();
    await eventually(async () => (await statusFor(replaced)) === 401);
  }
  const { accepted, failed } = await load.end();

  expect(failed).toBe(0);
  expect(accepted).toBeGreaterThan(1_000);
  expect(await statusFor(first)).toBe(401);
  expect(await statusFor(token)).toBe(200);
}, 90_000);

it('ten rotations of the published keys fail no request, and a deleted one is refused', async () => {
  const jwks = { JWT_MODE: 'jwks', JWT_JWKS_CACHE_AGE: '1s', JWT_JWKS_ROTATION: '3s' };
  await place.start({ ...UNLIMITED, ...jwks }).ready;
  const { url, fetchToken, statusFor } = await signUp(place);
  const first = await fetchToken();
  let token = first;

  const load = await startLoad(url, token);
  for (let rotation = 1; rotation <= ROTATIONS; rotation++) {
    const replaced = kidOf(token);
    await eventually(async () => kidOf((token = await fetchToken())) !== replaced, 30_000);
    await load.use(token);
  }
  expect(await statusFor(first)).toBe(200);

  await deleteKey(kidOf(first));
  await eventually(async () => (await statusFor(first)) === 401);
  const { accepted, failed } = await load.end();

  expect(failed).toBe(0);
  expect(accepted).toBeGreaterThan(1_000);
  expect(await statusFor(token)).toBe(200);
}, 120_000);

/** As an operator withdraws a key that has leaked. */
async function deleteKey(kid) {
  const web = place.processes().find(({ command }) => command.includes('dist/server.js'));
  const variable = web.environment.find((entry) => entry.startsWith('WEB_DATABASE_URL='));
  const db = createDatabaseClient({
    url: variable.slice('WEB_DATABASE_URL='.length),
    poolSize: 1,
  });
  try {
    await db.jwks.deleteMany({ where: { id: kid } });
  } finally {
    await db.$disconnect();
  }
}
