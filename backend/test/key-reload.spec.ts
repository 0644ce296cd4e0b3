import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { keyIdOfSecret } from '@tessera/database/contract';
import { reloadKeys } from '../src/key-reload.js';
import { startTestApp, type TestApp } from './support/test-app.js';
import { bearer, mint, OLD_SECRET, SECRET } from './support/token.minter.js';

const folder = mkdtempSync(join(tmpdir(), 'tessera-keys-'));
const file = join(folder, 'keys.env');
const before = { ...process.env };
let testApp: TestApp;

beforeAll(async () => {
  testApp = await startTestApp();
  // What the process would have been started with.
  Object.assign(process.env, { API_DATABASE_URL: testApp.database.apiUrl, ENV_FILE: file });
});
afterAll(async () => {
  process.env = before;
  rmSync(folder, { recursive: true });
  await testApp.close();
});

function hangUp(written: string): Record<string, unknown> | undefined {
  writeFileSync(file, written);
  reloadKeys(testApp.app);
  return testApp.logs.at(-1);
}

const statusFor = async (secret: string) => {
  const headers = bearer(mint('ada', { secret }));
  return (await testApp.request(null, 'GET', '/api/users/ada', { headers })).status;
};

describe('SIGHUP (FR-016)', () => {
  it('rotates a secret in three steps, without a restart', async () => {
    expect([await statusFor(SECRET), await statusFor(OLD_SECRET)]).toEqual([200, 401]);
    hangUp(`JWT_SECRET=${SECRET}\nJWT_ACCEPTED_SECRETS=${OLD_SECRET}\n`);
    expect([await statusFor(SECRET), await statusFor(OLD_SECRET)]).toEqual([200, 200]);
    hangUp(`JWT_SECRET=${OLD_SECRET}\nJWT_ACCEPTED_SECRETS=${SECRET}\n`);
    expect([await statusFor(SECRET), await statusFor(OLD_SECRET)]).toEqual([200, 200]);
    const line = hangUp(`JWT_SECRET=${OLD_SECRET}\n`);
    expect([await statusFor(SECRET), await statusFor(OLD_SECRET)]).toEqual([401, 200]);
    expect(line).toMatchObject({ msg: expect.stringContaining(keyIdOfSecret(OLD_SECRET)) });
  });

  it('refuses tokens of a retired secret that were verified before', async () => {
    hangUp(`JWT_SECRET=${SECRET}\nJWT_ACCEPTED_SECRETS=${OLD_SECRET}\n`);
    const headers = bearer(mint('ada', { secret: OLD_SECRET }));
    const status = async () =>
      (await testApp.request(null, 'GET', '/api/users/ada', { headers })).status;
    expect([await status(), await status()]).toEqual([200, 200]);
    hangUp(`JWT_SECRET=${SECRET}\n`);
    expect(await status()).toBe(401);
  });

  it.each([
    ['a weak secret', 'JWT_SECRET=hunter2\n', 'JWT_SECRET'],
    [
      'a weak secret to accept',
      `JWT_SECRET=${OLD_SECRET}\nJWT_ACCEPTED_SECRETS=hunter2\n`,
      'JWT_A',
    ],
    ['no secret', '# hunter2\n', 'JWT_SECRET'],
  ])(
    'keeps the keys when the file has %s, and says why without a value',
    async (_n, text, name) => {
      hangUp(`JWT_SECRET=${SECRET}\n`);
      const line = hangUp(text);
      expect(line).toMatchObject({ level: 50, msg: expect.stringContaining(name) });
      expect(JSON.stringify(line)).not.toContain('hunter2');
      expect([await statusFor(SECRET), await statusFor(OLD_SECRET)]).toEqual([200, 401]);
    },
  );

  it('keeps the keys when the file is gone', async () => {
    rmSync(file);
    reloadKeys(testApp.app);
    expect(testApp.logs.at(-1)).toMatchObject({ msg: expect.stringContaining('ENV_FILE') });
    expect(await statusFor(SECRET)).toBe(200);
  });
});
