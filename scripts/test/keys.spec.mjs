import { execFile, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chmodSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseEnv } from 'node:util';
import { VARIABLES } from '../environment.mjs';
import { keyIdOf } from '../key-ring.mjs';

const KEYS = join(__dirname, '..', 'keys.mjs');
const SECRET = randomBytes(48).toString('base64url');
let folder;
let file;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'tessera-keys-'));
  file = join(folder, '.env');
  writeFileSync(file, `JWT_SECRET=${SECRET}\n`, { mode: 0o600 });
});

afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** Runs the command; no output of it may ever hold a secret. */
async function keys(line, overrides = {}) {
  const inherited = Object.entries(process.env).filter(([name]) => !VARIABLES.includes(name));
  const env = { ...Object.fromEntries(inherited), ENV_FILE: file, DATA_DIR: folder, ...overrides };
  const done = await new Promise((resolve) =>
    execFile(process.execPath, [KEYS, ...line.split(' ')], { env }, (error, out, errors) =>
      resolve({ code: error ? error.code : 0, said: out + errors }),
    ),
  );
  const { JWT_SECRET, JWT_ACCEPTED_SECRETS = '' } = written();
  const secrets = [SECRET, JWT_SECRET, ...JWT_ACCEPTED_SECRETS.split(',')];
  expect(secrets.filter((secret) => secret && done.said.includes(secret))).toEqual([]);
  expect(done.said).not.toMatch(/^\s+at /m);
  return done;
}

const text = () => readFileSync(file, 'utf8');
const written = () => parseEnv(text());

describe('npm run keys', () => {
  it('tells at each step what is so and what comes next (FR-016)', async () => {
    expect((await keys('status')).said).toMatch(/signs +\S{8} .*\nNext: nothing.* add begins/);
    expect(await keys('add')).toMatchObject({ code: 0 });
    expect((await keys('status')).said).toMatch(/accepted .* waits.*\nNext: .* -- promote/);
    expect(await keys('promote --now')).toMatchObject({ code: 0 });
    const { said } = await keys('status');
    expect(said).toMatch(/signs .* since 20.*\n +accepted .* replaced .*\nNext: .* -- retire/);
    expect(said).toContain(keyIdOf(SECRET));
    expect(await keys(`retire ${keyIdOf(SECRET)} --now`)).toMatchObject({ code: 0 });
    expect(written()).toEqual({ JWT_SECRET: expect.any(String), JWT_ACCEPTED_SECRETS: '' });
    expect(statSync(file).mode % 0o1000).toBe(0o600);
  });

  it('makes one key when ten add at once, and each of the others says why not', async () => {
    const runs = await Promise.all(Array.from({ length: 10 }, () => keys('add')));
    const refused = runs.filter(({ code }) => code !== 0);
    expect(refused).toHaveLength(9);
    for (const { said } of refused) expect(said).toMatch(/exists: another run|added before/);
    expect(written().JWT_ACCEPTED_SECRETS.split(',')).toHaveLength(1);
  });

  it.each([
    ['promote', /add one first/],
    ['retire', /no replaced key/],
    ['rotate', /^Usage|error +Usage/],
    ['add --now', /Usage/],
    ['add twice', /Usage/],
    ['retire one two', /Usage/],
  ])('leaves the file as it was when it refuses: %s', async (line, why) => {
    const before = text();
    const { code, said } = await keys(line);
    expect(code).toBe(1);
    expect(said).toMatch(why);
    expect(text()).toBe(before);
  });

  it.each(['JWT_SECRET', 'JWT_ACCEPTED_SECRETS'])(
    'edits nothing that %s of the real environment would beat',
    async (name) => {
      const before = text();
      const real = { [name]: randomBytes(48).toString('base64url') };
      const refused = await keys('add', real);
      expect(refused.code).toBe(1);
      expect(refused.said).toContain(`${name} is set in the real environment`);
      expect(refused.said).not.toContain(real[name]);
      expect((await keys('status', real)).said).toContain(`${name} is set in the real environment`);
      expect(text()).toBe(before);
      expect((await keys('add', { [name]: '' })).code).toBe(0);
    },
  );

  it('has nothing to do in JWKS mode, and says so (FR-011)', async () => {
    expect(await keys('status', { JWT_MODE: 'jwks' })).toMatchObject({
      code: 0,
      said: expect.stringMatching(/by themselves, see docs/),
    });
    const before = `${text()}JWT_MODE=jwks\n`;
    writeFileSync(file, before);
    expect(await keys('add')).toMatchObject({ code: 1, said: expect.stringContaining('jwks') });
    expect(text()).toBe(before);
  });

  it('waits as long as a token lives, by the JWT_TTL of the file or the real one', async () => {
    writeFileSync(file, `JWT_SECRET=${SECRET}\nJWT_TTL=24h\n`);
    await keys('add');
    expect((await keys('promote --now')).said).toContain('JWT_TTL is 86400 s');
    expect((await keys('retire', { JWT_TTL: '2m' })).said).toContain('JWT_TTL is 120 s');
    expect(await keys('retire', { JWT_TTL: 'soon' })).toMatchObject({
      code: 1,
      said: expect.stringMatching(/JWT_TTL: must be a duration/),
    });
  });

  it('warns of a file that everybody may read, and keeps it so', async () => {
    chmodSync(file, 0o644);
    expect((await keys('add')).said).toContain('chmod 600');
    expect(statSync(file).mode % 0o1000).toBe(0o644);
    chmodSync(file, 0o640);
    expect((await keys('status')).said).not.toContain('chmod');
  });

  it('refuses a file that is not there, by its path', async () => {
    const missing = { ENV_FILE: join(folder, 'none') };
    expect((await keys('status', missing)).said).toContain(missing.ENV_FILE);
    expect((await keys('add', missing)).code).toBe(1);
  });

  it('names the running launcher, and never another process that has its number', async () => {
    const launcher = join(folder, 'start.mjs');
    writeFileSync(launcher, 'process.stdout.write("."); setInterval(() => {}, 1000);');
    const child = spawn(process.execPath, [launcher], { stdio: ['ignore', 'pipe', 'inherit'] });
    try {
      await new Promise((started) => child.stdout.once('data', started));
      writeFileSync(join(folder, 'launcher.pid'), `${child.pid}\n`);
      expect((await keys('add')).said).toContain(`kill -HUP ${child.pid}\n`);
    } finally {
      child.kill();
    }
    for (const stale of [`${process.pid}\n`, '1\n', '-1\n', '0\n', 'junk', '']) {
      writeFileSync(join(folder, 'launcher.pid'), stale);
      expect((await keys('status')).said).not.toMatch(/kill -HUP/);
    }
  });
});
