import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { keyIdOfSecret, withKeyFile } from '@tessera/database/contract';
import { parseWebEnvironment } from '../../lib/env';
import { SharedSecret } from './shared-secret';
import { reloadSigningKey } from './signing-key-reload';

const OLD = 'q8yVY2bEoKk3Tn5Wc7JrZ1xLm4Pd6Hs9';
const NEW = 'Zt1Yb6Xn4Lm9Pd2Gc7Hs5Jf0AeRk3vWq8';
const COOKIES = 'n5Wc7JrZ1xLm4Pd6Hs9q8yVY2bEoKk3T';
const ENVIRONMENT = {
  WEB_DATABASE_URL: 'postgresql://tessera_web:x@127.0.0.1:5432/tessera',
  BETTER_AUTH_SECRET: COOKIES,
};

describe('SIGHUP', () => {
  let folder: string;
  let lines: string[];
  let keys: SharedSecret;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'tessera-reload-'));
    lines = [];
    keys = new SharedSecret(OLD);
    jest.spyOn(process.stderr, 'write').mockImplementation((line) => lines.push(String(line)) > 0);
  });
  afterEach(() => {
    jest.restoreAllMocks();
    rmSync(folder, { recursive: true });
  });

  function reload(written: string | undefined, real: Record<string, string> = {}): void {
    const file = join(folder, '.env');
    if (written !== undefined) writeFileSync(file, written);
    const environment = { ...ENVIRONMENT, ENV_FILE: file, ...real };
    reloadSigningKey(keys, () => parseWebEnvironment(withKeyFile(environment)));
  }

  it('makes the next token be signed with the secret that the file holds now, and says with which', () => {
    reload(`JWT_SECRET=${NEW}\nJWT_ACCEPTED_SECRETS=${OLD}\n`);
    expect(keys.current()).toMatchObject({ alg: 'HS256', kid: keyIdOfSecret(NEW) });
    expect(Buffer.from(keys.current().privateKey as Uint8Array).toString()).toBe(NEW);
    expect(lines).toEqual([
      expect.stringContaining(
        `signing with key ${keyIdOfSecret(NEW)} instead of ${keyIdOfSecret(OLD)}`,
      ),
    ]);
  });

  it.each([
    ['cannot be read', undefined, /ENV_FILE: cannot be read/],
    ['holds no secret', 'WEB_PORT=1\n', /JWT_SECRET: is required/],
    ['holds a weak secret', 'JWT_SECRET=weak\n', /JWT_SECRET: must have at least 32 bytes/],
    ['holds a known default', `JWT_SECRET=change-me-${NEW}\n`, /JWT_SECRET: is a known default/],
    [
      'holds the secret of the cookies',
      `JWT_SECRET=${COOKIES}\n`,
      /BETTER_AUTH_SECRET: must differ/,
    ],
    [
      'holds what the API would refuse',
      `JWT_SECRET=${NEW}\nJWT_ACCEPTED_SECRETS=weak\n`,
      /JWT_ACCEPTED_SECRETS/,
    ],
  ])(
    'changes nothing when the file %s, and one line says why, without any value',
    (_, text, why) => {
      reload(text);
      expect(keys.current().kid).toBe(keyIdOfSecret(OLD));
      expect(lines).toHaveLength(1);
      expect(lines[0]).toMatch(why);
      expect(lines[0]).toContain(`still signing with key ${keyIdOfSecret(OLD)}`);
      for (const value of [OLD, NEW, COOKIES, 'weak', 'change-me']) {
        expect(lines[0]).not.toContain(value);
      }
    },
  );

  it('does not end the process whatever happens, and tells nothing of it', () => {
    reloadSigningKey(keys, () => {
      throw new Error(NEW);
    });
    expect(keys.current().kid).toBe(keyIdOfSecret(OLD));
    expect(lines.join()).toContain('still signing with');
    expect(lines.join()).not.toContain(NEW);
  });

  it('lets the real environment beat the file, and says that nothing changed', () => {
    reload(`JWT_SECRET=${NEW}\n`, { JWT_SECRET: OLD });
    expect(keys.current().kid).toBe(keyIdOfSecret(OLD));
    expect(lines.join()).toContain('as before');
  });

  it('has nothing to read again without ENV_FILE', () => {
    reload(undefined, { ENV_FILE: '', JWT_SECRET: NEW });
    expect(keys.current().kid).toBe(keyIdOfSecret(OLD));
    expect(lines.join()).toContain('nothing to read again');
  });

  it('has nothing to read again with JWT_MODE=jwks', () => {
    reloadSigningKey({ current: () => undefined }, () => {
      throw new Error('The environment is not read');
    });
    expect(lines.join()).toContain('nothing to read again');
  });
});
