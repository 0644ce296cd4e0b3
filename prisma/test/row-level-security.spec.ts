import { randomUUID } from 'node:crypto';
import pg from 'pg';
import { createTestDatabase, type TestDatabase } from '../src/local/test-database.js';

let database: TestDatabase;
let api: pg.Client;
let web: pg.Client;
const [alice, bob] = ['alice', 'bob'];
const bobsTask = randomUUID();

beforeAll(async () => {
  database = await createTestDatabase();
  const owner = new pg.Client({ connectionString: database.ownerUrl });
  await owner.connect();
  await owner.query(
    `INSERT INTO "user" (id, name, email) VALUES ('alice', 'A', 'a@example.com'), ('bob', 'B', 'b@example.com')`,
  );
  await owner.query(`INSERT INTO task (id, user_id, title) VALUES ($1, 'bob', 'of Bob')`, [
    bobsTask,
  ]);
  await owner.end();
  api = new pg.Client({ connectionString: database.apiUrl });
  web = new pg.Client({ connectionString: database.webUrl });
  await Promise.all([api.connect(), web.connect()]);
});

afterAll(async () => {
  await Promise.all([api.end(), web.end()]);
  await database.drop();
});

afterEach(() => api.query('ROLLBACK'));

async function begin(userId: string): Promise<void> {
  await api.query('BEGIN');
  await api.query(`SELECT set_config('app.user_id', $1, true)`, [userId]);
}

const denied = { code: '42501' };

describe('the role of the API (FR-022)', () => {
  it.each(['user', 'session', 'account', 'verification', 'rateLimit', '_prisma_migrations'])(
    'cannot read %s',
    async (table) => {
      await expect(api.query(`SELECT * FROM "${table}"`)).rejects.toMatchObject(denied);
    },
  );

  it('sees no task while no user is set', async () => {
    expect((await api.query('SELECT * FROM task')).rows).toEqual([]);
    await begin('');
    expect((await api.query('SELECT * FROM task')).rows).toEqual([]);
  });

  it("sees a user's rows only while that user is set", async () => {
    await begin(bob);
    expect((await api.query('SELECT id FROM task')).rows).toEqual([{ id: bobsTask }]);
    await api.query('COMMIT');
    expect((await api.query('SELECT id FROM task')).rows).toEqual([]);
  });

  it.each([
    ['read', `SELECT * FROM task WHERE id = '${bobsTask}'`],
    ['change', `UPDATE task SET title = 'stolen' WHERE id = '${bobsTask}'`],
    ['delete', `DELETE FROM task WHERE id = '${bobsTask}'`],
  ])("cannot %s another user's row", async (_verb, sql) => {
    await begin(alice);
    expect((await api.query(sql)).rowCount).toBe(0);
  });

  it('cannot write a row for another user', async () => {
    await begin(alice);
    await expect(
      api.query(`INSERT INTO task (user_id, title) VALUES ('bob', 'planted')`),
    ).rejects.toMatchObject(denied);
  });

  it('cannot give a row away', async () => {
    await begin(bob);
    await expect(api.query(`UPDATE task SET user_id = 'alice'`)).rejects.toMatchObject(denied);
  });

  it.each([
    'TRUNCATE task',
    'ALTER TABLE task DISABLE ROW LEVEL SECURITY',
    'CREATE TABLE mine (a int)',
    'CREATE TEMP TABLE mine (a int)',
    'SET ROLE tessera_web',
    'SET ROLE tessera_owner',
  ])('cannot %s', async (sql) => {
    await expect(api.query(sql)).rejects.toMatchObject(denied);
  });
});

describe('the role of the web app', () => {
  it('cannot read or write tasks', async () => {
    await expect(web.query('SELECT * FROM task')).rejects.toMatchObject(denied);
    await expect(web.query(`DELETE FROM task`)).rejects.toMatchObject(denied);
  });

  it('takes the tasks along when it deletes their user', async () => {
    await web.query(`INSERT INTO "user" (id, name, email) VALUES ('dave', 'D', 'd@example.com')`);
    await begin('dave');
    await api.query(`INSERT INTO task (user_id, title) VALUES ('dave', 'of Dave')`);
    await api.query('COMMIT');
    await web.query(`DELETE FROM "user" WHERE id = 'dave'`);
    await begin('dave');
    expect((await api.query('SELECT * FROM task')).rows).toEqual([]);
  });

  it('cannot store an e-mail in two spellings (FR-004)', async () => {
    const insert = `INSERT INTO "user" (id, name, email) VALUES ('carol', 'C', 'C@example.com')`;
    await expect(web.query(insert)).rejects.toMatchObject({ constraint: 'user_email_lower_case' });
  });
});
