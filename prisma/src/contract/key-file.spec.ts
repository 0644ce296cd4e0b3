import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ConfigurationError } from './environment.js';
import { withKeyFile } from './key-file.js';

let folder: string;
let file: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'tessera-keys-'));
  file = join(folder, '.env');
});

afterEach(() => rmSync(folder, { recursive: true, force: true }));

describe('the key file (FR-016)', () => {
  it('gives the key variables, and no other of its variables', () => {
    writeFileSync(
      file,
      'WEB_PORT=1\nJWT_SECRET="first"\nexport JWT_ACCEPTED_SECRETS=second,third\n',
    );
    expect(withKeyFile({ ENV_FILE: file, API_PORT: '2' })).toEqual({
      ENV_FILE: file,
      API_PORT: '2',
      JWT_SECRET: 'first',
      JWT_ACCEPTED_SECRETS: 'second,third',
    });
  });

  it('is beaten by the real environment, variable by variable', () => {
    writeFileSync(file, 'JWT_SECRET=written\nJWT_ACCEPTED_SECRETS=accepted\n');
    expect(withKeyFile({ ENV_FILE: file, JWT_SECRET: 'real' })).toMatchObject({
      JWT_SECRET: 'real',
      JWT_ACCEPTED_SECRETS: 'accepted',
    });
  });

  it('fills in for an empty variable, which counts as absent', () => {
    writeFileSync(file, 'JWT_SECRET=written\n');
    const { JWT_SECRET } = withKeyFile({ ENV_FILE: file, JWT_SECRET: '' });
    expect(JWT_SECRET).toBe('written');
  });

  it('is read anew each time', () => {
    const secretNow = () => withKeyFile({ ENV_FILE: file })['JWT_SECRET'];
    writeFileSync(file, 'JWT_SECRET=before\n');
    expect(secretNow()).toBe('before');
    writeFileSync(file, 'JWT_SECRET=after\n');
    expect(secretNow()).toBe('after');
  });

  it('leaves the given environment as it was', () => {
    writeFileSync(file, 'JWT_SECRET=written\n');
    const environment = { ENV_FILE: file };
    withKeyFile(environment);
    expect(environment).toEqual({ ENV_FILE: file });
  });

  it.each([[{}], [{ ENV_FILE: '' }]])('is not needed: %j', (given) => {
    expect(withKeyFile({ ...given, JWT_SECRET: 's' })).toEqual({ ...given, JWT_SECRET: 's' });
  });

  it('is not touched when the real environment has every key variable', () => {
    const environment = { ENV_FILE: file, JWT_SECRET: 's', JWT_ACCEPTED_SECRETS: 'a' };
    expect(withKeyFile(environment)).toEqual(environment);
  });

  it('is not touched in JWKS mode, which has no shared secret (FR-011)', () => {
    const environment = { ENV_FILE: file, JWT_MODE: 'jwks' };
    expect(withKeyFile(environment)).toEqual(environment);
  });

  it.each([
    ['a missing file', 'ENOENT', () => file],
    ['a folder', 'EISDIR', () => folder],
  ])('refuses %s by the name of the variable alone', (_what, code, named) => {
    const read = () => withKeyFile({ ENV_FILE: named() });
    expect(read).toThrow(ConfigurationError);
    expect(read).toThrow(new RegExp(`^ENV_FILE: cannot be read \\(${code}\\)$`));
  });
});
