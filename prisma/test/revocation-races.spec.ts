import type pg from 'pg';
import { createWatchedDatabase, type WatchedDatabase } from './watched-database.js';

// Two connections at the same time, each order of the two made sure of by the locks they wait for.

let db: WatchedDatabase;
let one: pg.Client;
let other: pg.Client;
let ada: string;

beforeAll(async () => {
  db = await createWatchedDatabase();
  [one, other] = [await db.connect('web'), await db.connect('web')];
});

afterAll(() => db.close());

beforeEach(async () => {
  await db.clear();
  ada = await db.addUser();
});

afterEach(() => Promise.all([one.query('ROLLBACK'), other.query('ROLLBACK')]));

const BAN = 'UPDATE "user" SET banned = true WHERE id = $1';
const CHANGE_PASSWORD = `UPDATE account SET password = 'new' WHERE "userId" = $1`;
const DELETE_USER = 'DELETE FROM "user" WHERE id = $1';

describe('a sign-in that is about to commit', () => {
  it.each([
    ['a ban', BAN],
    ['a password change', CHANGE_PASSWORD],
    ['the deletion of the user', DELETE_USER],
  ])('is waited for by %s, which ends it', async (_what, sql) => {
    await one.query('BEGIN');
    const session = await db.addSession(ada, '7 days', one);
    const ending = other.query(sql, [ada]);
    await db.waits(other);
    await one.query('COMMIT');
    await ending;
    expect(await db.live()).toEqual([]);
    expect(await db.revoked()).toEqual([session]);
    expect(await db.told()).toEqual([session]);
  });
});

describe('what cannot see a sign-in that it waited for', () => {
  it.each([
    ['a ban', BAN],
    ['a password change', CHANGE_PASSWORD],
  ])('is refused: %s in a transaction with an older snapshot', async (_what, sql) => {
    await one.query('BEGIN ISOLATION LEVEL REPEATABLE READ');
    await one.query('SELECT 1');
    const session = await db.addSession(ada, '7 days', other);
    await expect(one.query(sql, [ada])).rejects.toThrow('READ COMMITTED');
    await one.query('COMMIT');
    expect(await db.live()).toEqual([session]);
  });
});

describe('a sign-in that comes while it is about to commit', () => {
  it.each([
    ['a ban', BAN, { code: 'TB001' }],
    ['the deletion of the user', DELETE_USER, { code: '23503' }],
  ])('waits for %s and is refused', async (_what, sql, refusal) => {
    await one.query('BEGIN');
    await one.query(sql, [ada]);
    const [signIn] = await Promise.allSettled([
      db.addSession(ada, '7 days', other),
      db.waits(other).then(() => one.query('COMMIT')),
    ]);
    expect(signIn).toMatchObject({ status: 'rejected', reason: refusal });
    expect(await db.live()).toEqual([]);
  });

  it('waits for a password change, and then sees the new password in its own transaction', async () => {
    await one.query('BEGIN');
    await one.query(CHANGE_PASSWORD, [ada]);
    await other.query('BEGIN');
    const signIn = db.addSession(ada, '7 days', other);
    await db.waits(other);
    await one.query('COMMIT');
    const session = await signIn;
    const { rows } = await other.query('SELECT password FROM account WHERE "userId" = $1', [ada]);
    expect(rows).toEqual([{ password: 'new' }]);
    await other.query('DELETE FROM session WHERE id = $1', [session]);
    await other.query('COMMIT');
    expect(await db.live()).toEqual([]);
  });

  it('goes on as if nothing had been when the ban is rolled back', async () => {
    await one.query('BEGIN');
    await one.query(BAN, [ada]);
    const signIn = db.addSession(ada, '7 days', other);
    await db.waits(other);
    await one.query('ROLLBACK');
    const session = await signIn;
    expect(await db.live()).toEqual([session]);
  });

  it('of another user does not wait', async () => {
    const bob = await db.addUser();
    await one.query('BEGIN');
    await one.query(BAN, [ada]);
    await expect(db.addSession(bob, '7 days', other)).resolves.toEqual(expect.any(String));
    await one.query('ROLLBACK');
  });
});

describe('two that end one session at once', () => {
  const DELETE = 'DELETE FROM session WHERE id = $1';

  it.each([
    ['delete it', DELETE],
    ['cut it short', `UPDATE session SET "expiresAt" = now() WHERE id = $1`],
  ])('revoke it once when the second would %s', async (_verb, sql) => {
    const session = await db.addSession(ada);
    await one.query('BEGIN');
    await one.query(DELETE, [session]);
    const second = other.query(sql, [session]);
    await db.waits(other);
    await one.query('COMMIT');
    expect((await second).rowCount).toBe(0);
    expect(await db.revoked()).toEqual([session]);
    expect(await db.told()).toEqual([session]);
  });

  it('revoke it once when the first rolls back', async () => {
    const session = await db.addSession(ada);
    await one.query('BEGIN');
    await one.query(DELETE, [session]);
    const second = other.query(DELETE, [session]);
    await db.waits(other);
    await one.query('ROLLBACK');
    expect((await second).rowCount).toBe(1);
    expect(await db.revoked()).toEqual([session]);
    expect(await db.told()).toEqual([session]);
  });

  it('both take effect when one renews it and the other ends it', async () => {
    const session = await db.addSession(ada);
    await one.query('BEGIN');
    await one.query(
      `UPDATE session SET "expiresAt" = "expiresAt" + interval '1 day' WHERE id = $1`,
      [session],
    );
    const ending = other.query(DELETE, [session]);
    await db.waits(other);
    await one.query('COMMIT');
    expect((await ending).rowCount).toBe(1);
    expect(await db.revoked()).toEqual([session]);
  });
});

describe('a reader that goes on from pg_snapshot_xmin of its last read', () => {
  const READ = `SELECT sid, pg_snapshot_xmin(pg_current_snapshot())::text AS cursor
    FROM (VALUES (1)) AS always LEFT JOIN revocation ON xid >= $1::xid8`;

  async function read(cursor: string) {
    const { rows } = await db.api.query<{ sid: string | null; cursor: string }>(READ, [cursor]);
    return { cursor: rows[0]?.cursor ?? '', ids: rows.flatMap(({ sid }) => sid ?? []) };
  }

  it('sees a deletion that commits after later ones were read', async () => {
    const [late, early] = [await db.addSession(ada), await db.addSession(ada)];
    await one.query('BEGIN');
    await one.query('DELETE FROM session WHERE id = $1', [late]);
    await other.query('DELETE FROM session WHERE id = $1', [early]);
    const before = await read('0');
    expect(before.ids).toEqual([early]);
    await one.query('COMMIT');
    expect((await read(before.cursor)).ids).toContain(late);
  });

  it('sees one of an inner transaction by the number of the outer one', async () => {
    const session = await db.addSession(ada);
    await one.query('BEGIN');
    await one.query(`UPDATE "user" SET name = 'Grace' WHERE id = $1`, [ada]);
    const { cursor } = await read('0');
    await other.query(`SELECT pg_current_xact_id()`);
    await one.query('SAVEPOINT inner_one');
    await one.query('DELETE FROM session WHERE id = $1', [session]);
    await one.query('RELEASE inner_one');
    await one.query('COMMIT');
    expect((await read(cursor)).ids).toEqual([session]);
  });

  it('is not given again what it had read before everything under way', async () => {
    const session = await db.addSession(ada);
    await one.query('DELETE FROM session WHERE id = $1', [session]);
    const { cursor } = await read('0');
    expect((await read(cursor)).ids).toEqual([]);
  });
});
