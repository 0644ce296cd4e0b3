import { execFileSync } from 'node:child_process';
import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { parseEnv } from 'node:util';
import { createPlace, eventually, isListening, ROOT } from './started-product.mjs';

let place;

beforeEach(async () => {
  place = await createPlace();
});

afterEach(() => place.remove());

const account = { name: 'Ada', email: 'ada@example.com', password: 'Analytical-Engine-1843' };

async function post(path, body) {
  return fetch(`${place.web}/api/auth${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: place.web },
    body: JSON.stringify(body),
  });
}

const appsAreGone = async () =>
  !(await isListening(place.environment.WEB_PORT)) &&
  !(await isListening(place.environment.API_PORT));

describe('npm start', () => {
  it('prints one line that names the three URLs, and serves them', async () => {
    const product = place.start();
    const line = await product.ready;
    for (const url of [place.web, `${place.api}/api`, `${place.api}/docs`])
      expect(line).toContain(url);
    expect((await fetch(`${place.web}/sign-in`)).status).toBe(200);
    expect((await fetch(`${place.api}/docs`)).status).toBe(200);
    expect((await fetch(`${place.api}/health`)).status).toBe(200);
  });

  it('leaves no process behind within 10 s of a SIGTERM, and ends with 0', async () => {
    const product = place.start();
    await product.ready;
    product.child.kill('SIGTERM');
    await product.exited;
    await eventually(() => place.processes().length === 0, 10_000);
    expect(product.printed()).not.toMatch(/error/i);
  });

  it('writes fresh secrets that only their owner can read, and keeps them (FR-025)', async () => {
    const product = place.start();
    await product.ready;
    const file = place.environment.ENV_FILE;
    const written = readFileSync(file, 'utf8');
    expect(statSync(file).mode & 0o777).toBe(0o600);
    const { BETTER_AUTH_SECRET, JWT_SECRET } = parseEnv(written);
    expect(JWT_SECRET.length).toBeGreaterThanOrEqual(32);
    expect(BETTER_AUTH_SECRET).not.toBe(JWT_SECRET);
    expect(product.printed()).not.toContain(JWT_SECRET);
    product.child.kill('SIGTERM');
    await product.exited;
    await eventually(() => place.processes().length === 0);
    await place.start().ready;
    expect(readFileSync(file, 'utf8')).toBe(written);
  });

  it('adds secrets to a copy of .env.example, and closes it to others', async () => {
    const file = place.environment.ENV_FILE;
    writeFileSync(file, '# JWT_SECRET=', { mode: 0o644 });
    const { exited } = place.start({ DATA_DIR: '/dev/null/data' });
    await exited;
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(parseEnv(readFileSync(file, 'utf8')).JWT_SECRET.length).toBeGreaterThanOrEqual(32);
  });

  it('builds nothing again that is up to date', () => {
    expect(execFileSync(process.execPath, ['scripts/setup.mjs'], { cwd: ROOT }).toString()).toBe(
      '',
    );
  });

  it('gives each process only its own variables', async () => {
    await place.start({ JWT_ACCEPTED_SECRETS: 'an-accepted-secret-of-0123456789-abcdef' }).ready;
    const of = (part) => {
      const found = place.processes().find(({ command }) => command.includes(part));
      return found.environment.map((entry) => entry.split('=')[0]);
    };
    const [web, api] = [of('dist/server.js'), of('dist/main.js')];
    expect(web).toEqual(
      expect.arrayContaining(['BETTER_AUTH_SECRET', 'WEB_DATABASE_URL', 'ENV_FILE']),
    );
    expect(api).toEqual(
      expect.arrayContaining(['API_DATABASE_URL', 'ENV_FILE', 'JWT_ACCEPTED_SECRETS']),
    );
    // Read from the file by each, so that it can change.
    expect([...web, ...api]).not.toContain('JWT_SECRET');
    expect(web).not.toEqual(expect.arrayContaining(['API_DATABASE_URL']));
    expect(web).not.toEqual(expect.arrayContaining(['JWT_ACCEPTED_SECRETS']));
    expect(api).not.toEqual(expect.arrayContaining(['BETTER_AUTH_SECRET']));
    expect(api).not.toEqual(expect.arrayContaining(['WEB_DATABASE_URL']));
  });

  it('keeps accounts over a kill -9 of everything', async () => {
    await place.start().ready;
    expect((await post('/sign-up/email', account)).status).toBe(200);
    for (const { pid } of place.processes()) process.kill(pid, 'SIGKILL');
    await eventually(() => place.processes().length === 0);
    await place.start().ready;
    expect((await post('/sign-in/email', account)).status).toBe(200);
  });

  it('leaves no app running when only the launcher is killed, and starts again over its database', async () => {
    await place.start().ready;
    const launcher = place
      .processes()
      .filter(({ command }) => /npm|scripts\/start\.mjs/.test(command));
    for (const { pid } of launcher) process.kill(pid, 'SIGKILL');
    await eventually(appsAreGone);
    await place.start().ready;
    expect((await fetch(`${place.api}/health`)).status).toBe(200);
  });
});

describe('npm start, in one sentence and with nothing left running, refuses', () => {
  async function refused(overrides) {
    const product = place.start(overrides);
    expect(await product.exited).not.toBe(0);
    await eventually(() => place.processes().length === 0);
    expect(product.printed()).not.toMatch(/^\s+at /m);
    return product.printed();
  }

  it('a port that is taken', async () => {
    const other = createServer();
    await new Promise((listening) =>
      other.listen(Number(place.environment.API_PORT), '127.0.0.1', listening),
    );
    try {
      expect(await refused()).toMatch(`Port ${place.environment.API_PORT} is taken`);
    } finally {
      other.close();
    }
  });

  it.each([
    ['API_PORT', { API_PORT: 'http' }],
    ['JWT_TTL', { JWT_TTL: 'hunter2-forever' }],
    ['JWT_CLOCK_TOLERANCE', { JWT_CLOCK_TOLERANCE: 'hunter2' }],
    ['JWT_SECRET', { JWT_SECRET: 'hunter2' }],
    ['BETTER_AUTH_SECRET', { BETTER_AUTH_SECRET: '' }],
    ['WEB_DATABASE_URL', { DATABASE_URL: 'postgresql://owner:hunter2@127.0.0.1:1/none' }],
    ['WEB_URL', { WEB_URL: 'http://hunter2.example.com' }],
  ])('a wrong %s, by its name and without its value', async (variable, overrides) => {
    const printed = await refused(overrides);
    expect(printed).toContain(`${variable}:`);
    expect(printed).not.toContain('hunter2');
  });

  it('a database server that does not answer', async () => {
    const url = (role) => `postgresql://${role}:hunter2@127.0.0.1:1/none`;
    const printed = await refused({
      DATABASE_URL: url('tessera_owner'),
      WEB_DATABASE_URL: url('tessera_web'),
      API_DATABASE_URL: url('tessera_api'),
    });
    expect(printed).toContain('DATABASE_URL:');
    expect(printed).not.toContain('hunter2');
  });

  it('a DATA_DIR that is no folder', async () => {
    const file = join(place.folder, 'file');
    writeFileSync(file, '');
    expect(await refused({ DATA_DIR: join(file, 'data') })).toContain('DATA_DIR:');
  });
});

describe('a second npm start in one clone', () => {
  it('says so, whatever its ports, and the first goes on', async () => {
    await place.start().ready;
    const before = place.processes().length;
    const again = place.start();
    expect(await again.exited).not.toBe(0);
    expect(again.printed()).toContain('already');
    const elsewhere = await createPlace();
    const { WEB_PORT, API_PORT } = elsewhere.environment;
    elsewhere.remove();
    const beside = place.start({ WEB_PORT, API_PORT });
    expect(await beside.exited).not.toBe(0);
    expect(beside.printed()).toContain('already runs');
    await eventually(() => place.processes().length === before);
    expect((await fetch(`${place.api}/health`)).status).toBe(200);
  });
});
