import { execFile } from 'node:child_process';
import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { migrate, startEmbeddedPostgres } from '../../prisma/dist/local/index.js';
import { VARIABLES } from '../environment.mjs';

const USERS = join(__dirname, '..', 'users.mjs');
let folder;
let dataDir;
let postgres;
let client;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'tessera-users-'));
  chmodSync(folder, 0o711);
  dataDir = join(folder, 'data');
  postgres = await startEmbeddedPostgres({ dataDir });
  await migrate(postgres.ownerUrl);
  client = new pg.Client({ connectionString: postgres.ownerUrl });
  await client.connect();
});

afterAll(async () => {
  await client.end();
  await postgres.destroy();
  rmSync(folder, { recursive: true, force: true });
});

beforeEach(async () => {
  await client.query('DELETE FROM "user"');
  await client.query(
    `INSERT INTO "user" (id, name, email) VALUES ('ada', 'Ada', 'ada@example.com')`,
  );
  await client.query(
    `INSERT INTO session (id, token, "userId", "expiresAt")
     VALUES ('one', 'cookie-one', 'ada', now() + interval '1 day'), ('two', 'cookie-two', 'ada', now() + interval '1 day')`,
  );
});

/** Runs the command; no output of it may ever hold a password of the database or a session's token. */
async function users(line, overrides = {}) {
  const inherited = Object.entries(process.env).filter(([name]) => !VARIABLES.includes(name));
  const env = {
    ...Object.fromEntries(inherited),
    ENV_FILE: join(folder, 'no.env'),
    DATA_DIR: dataDir,
    ...overrides,
  };
  const done = await new Promise((resolve) =>
    execFile(
      process.execPath,
      [USERS, ...line.split(' ').filter(Boolean)],
      { env },
      (error, out, errors) => resolve({ code: error ? error.code : 0, said: out + errors, out }),
    ),
  );
  const passwords = JSON.parse(readFileSync(join(dataDir, 'passwords.json'), 'utf8'));
  for (const secret of [...Object.values(passwords), 'cookie-one', 'hunter2']) {
    expect(done.said).not.toContain(secret);
  }
  expect(done.said).not.toMatch(/^\s+at /m);
  return done;
}

const revoked = async () =>
  (await client.query('SELECT sid FROM revocation ORDER BY sid')).rows.map(({ sid }) => sid);

describe('npm run users', () => {
  it('lists accounts of the product that runs, as a table and as JSON', async () => {
    const table = await users('list');
    expect(table.code).toBe(0);
    expect(table.said).toMatch(/^E-MAIL .*SESSIONS.*\nada@example\.com +Ada .* 2 +\d{4}-/);
    const json = await users('list --search ada --json');
    expect(JSON.parse(json.out)).toMatchObject([{ email: 'ada@example.com', liveSessions: 2 }]);
    const few = await users('list --search nobody --json --limit 1');
    expect(JSON.parse(few.out)).toEqual([]);
  });

  it('says that there are more than it shows', async () => {
    await client.query(`INSERT INTO "user" (id, name, email) VALUES ('b', 'B', 'b@example.com')`);
    const { out, said } = await users('list --limit 1 --json');
    expect(JSON.parse(out)).toHaveLength(1);
    expect(said).toContain('Only the newest 1;');
  });

  it('signs a user out everywhere (US4)', async () => {
    expect(await users('sign-out ADA@example.com')).toMatchObject({
      code: 0,
      said: 'Signed out 2 sessions; refused everywhere at once.\n',
    });
    expect(await revoked()).toEqual(['one', 'two']);
    expect((await users('sign-out ada')).said).toBe('There was no session to end.\n');
  });

  it('bans, says until when in the list, and lifts the ban', async () => {
    expect((await users('ban ada --reason spam --for 7d')).said).toBe(
      'Banned ada@example.com. Signed out 2 sessions; refused everywhere at once.\n',
    );
    expect(JSON.parse((await users('list --json')).out)).toMatchObject([
      { ban: { reason: 'spam', until: expect.any(String) }, liveSessions: 0 },
    ]);
    expect((await users('unban ada')).said).toBe('ada@example.com may sign in again.\n');
    expect((await users('unban ada')).said).toBe('ada was not banned.\n');
  });

  it('deletes only what it was told to twice', async () => {
    const refused = await users('delete ada');
    expect(refused).toMatchObject({ code: 1, said: 'Not deleted: say --yes to mean it.\n' });
    expect((await users('delete ada --yes')).said).toMatch(/^Deleted ada@example.com\. Signed/);
    expect((await client.query('SELECT FROM "user"')).rowCount).toBe(0);
  });

  it.each(['ban', 'unban', 'sign-out', 'delete --yes'])(
    'ends with 1 and a sentence when %s meets nobody',
    async (command) => {
      expect(await users(`${command} nobody@example.com`)).toMatchObject({
        code: 1,
        said: 'No user has the e-mail or id nobody@example.com.\n',
      });
    },
  );

  it('explains itself, also where nothing runs', async () => {
    const nowhere = { DATA_DIR: join(folder, 'none') };
    expect(await users('', nowhere)).toMatchObject({
      code: 0,
      said: expect.stringContaining('Usage: npm run users'),
    });
    expect(await users('exile ada', nowhere)).toMatchObject({
      code: 1,
      said: expect.stringMatching(/^There is no command exile\.\n\nUsage/),
    });
    expect(await users('list', nowhere)).toMatchObject({
      code: 1,
      said: expect.stringMatching(/^Tessera does not run on .*none: start it/),
    });
    expect(readdirSync(folder)).not.toContain('none');
  });

  it('goes to the server of DATABASE_URL when there is one, and says so when it is away', async () => {
    const own = { DATA_DIR: join(folder, 'none'), DATABASE_URL: postgres.ownerUrl };
    expect((await users('list', own)).said).toContain('ada@example.com');
    const away = { DATABASE_URL: 'postgresql://owner:hunter2@localhost:1/none' };
    expect(await users('list', away)).toMatchObject({
      code: 1,
      said: expect.stringMatching(/^DATABASE_URL: .*ECONNREFUSED/),
    });
  });
});
