import { randomBytes } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createRemoteJWKSet, decodeProtectedHeader, jwtVerify } from 'jose';
import { startApp } from './app-process.js';
import {
  addTask,
  claimsOf,
  expect,
  newAccount,
  signUp,
  test,
  tokenOf,
  variable,
} from './person.js';
import { freePort } from './product.js';

const newSecret = () => randomBytes(48).toString('base64url');

/** What both apps need to find each other and the database. */
async function surroundings() {
  const [webPort, apiPort] = [await freePort(), await freePort()];
  return {
    web: `http://localhost:${webPort}`,
    api: `http://localhost:${apiPort}`,
    shared: { WEB_PORT: String(webPort), API_PORT: String(apiPort) },
    webOnly: {
      WEB_DATABASE_URL: variable('E2E_WEB_DATABASE_URL'),
      BETTER_AUTH_SECRET: newSecret(),
    },
    apiOnly: { API_DATABASE_URL: variable('E2E_API_DATABASE_URL'), LOG_LEVEL: 'error' },
  };
}

test('FR-011 with JWT_MODE=jwks a person signs up and works, and keys rotate without anybody noticing', async ({
  browser,
}) => {
  test.setTimeout(90_000);
  const { web, api, shared, webOnly, apiOnly } = await surroundings();
  const both = { ...shared, JWT_MODE: 'jwks', JWT_JWKS_CACHE_AGE: '1s' };
  const webApp = startApp('web', { ...both, ...webOnly, JWT_JWKS_ROTATION: '3s' });
  const apiApp = startApp('api', { ...both, ...apiOnly });
  const context = await browser.newContext({ baseURL: web });
  try {
    await Promise.all([webApp.ready(), apiApp.ready()]);
    const page = await context.newPage();
    await signUp(page, newAccount());
    await addTask(page, 'Work with a key pair');

    const keys = createRemoteJWKSet(new URL(`${web}/api/auth/jwks`), { cooldownDuration: 0 });
    const tokens = new Map<string | undefined, string>();
    const accepted = async (token: string) => {
      const { sub } = claimsOf(token);
      const answer = await fetch(`${api}/api/users/${String(sub)}`, {
        headers: { authorization: `Bearer ${token}` },
      });
      return answer.status;
    };
    await expect(async () => {
      const { token } = await tokenOf(page);
      const { alg, kid } = decodeProtectedHeader(token);
      expect(alg).toBe('ES256');
      await jwtVerify(token, keys, { issuer: web, audience: api });
      tokens.set(kid, token);
      expect(await accepted(token)).toBe(200);
      expect(tokens.size).toBeGreaterThanOrEqual(3);
    }).toPass({ timeout: 60_000, intervals: [200] });
    for (const token of tokens.values()) expect(await accepted(token)).toBe(200);
    await addTask(page, 'Still there after two rotations');
  } finally {
    await context.close();
    await Promise.all([webApp.stop(), apiApp.stop()]);
  }
});

test('FR-016 SIGHUP makes the web app sign with the secret that the environment file holds now', async ({
  browser,
}) => {
  const folder = await mkdtemp(join(tmpdir(), 'tessera-keys-'));
  const file = join(folder, '.env');
  const { web, shared, webOnly } = await surroundings();
  await writeFile(file, `JWT_SECRET=${newSecret()}\n`);
  const webApp = startApp('web', {
    ...shared,
    ...webOnly,
    ENV_FILE: file,
    // Says when SIGHUP is caught: one at that moment finds the app as it starts.
    NODE_OPTIONS: `--import=data:text/javascript,process.on('newListener',(name)=>name==='SIGHUP'&&console.log('catches'))`,
  });
  const context = await browser.newContext({ baseURL: web });
  try {
    const ready = webApp.ready();
    await webApp.says(/catches/);
    webApp.hangUp();
    await ready;
    expect(await webApp.says(/SIGHUP: .*/)).toContain('as before');
    const page = await context.newPage();
    await signUp(page, newAccount());
    const keyOf = async () => decodeProtectedHeader((await tokenOf(page)).token).kid;
    const first = await keyOf();

    const told = async (written: string) => {
      await writeFile(file, written);
      const said = webApp.says(/SIGHUP: .*/);
      webApp.hangUp();
      return said;
    };
    const line = await told(`JWT_SECRET=${newSecret()}\n`);
    const second = await keyOf();
    expect(second).not.toBe(first);
    expect(line).toContain(`signing with key ${second} instead of ${first}`);

    expect(await told('JWT_SECRET=weak\n')).toContain(`still signing with key ${second}`);
    expect(await keyOf()).toBe(second);
    await rm(file);
    webApp.hangUp();
    expect(await webApp.says(/SIGHUP: .*/)).toContain('ENV_FILE: cannot be read');
    expect(await keyOf()).toBe(second);
  } finally {
    await context.close();
    await webApp.stop();
    await rm(folder, { recursive: true, force: true });
  }
});
