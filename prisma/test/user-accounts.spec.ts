import type pg from 'pg';
import {
  banUser,
  deleteUser,
  findUser,
  signOutUser,
  unbanUser,
} from '../src/users/user-accounts.js';
import { listUsers } from '../src/users/user-list.js';
import { createWatchedDatabase, type WatchedDatabase } from './watched-database.js';

let db: WatchedDatabase;
let owner: pg.Client;
let [ada, bob] = ['', ''];

beforeAll(async () => {
  db = await createWatchedDatabase();
  owner = await db.connect('owner');
});

afterAll(() => db.close());

beforeEach(async () => {
  await db.clear();
  [ada, bob] = [await db.addUser(), await db.addUser()];
});

const email = () => `${ada}@example.com`;
const ACTIONS = { banUser, unbanUser, signOutUser, deleteUser };

describe('what an operator does to an account', () => {
  it.each(Object.entries(ACTIONS))('%s refuses one that is not there', async (_name, action) => {
    await expect(action(owner, 'nobody@example.com', {})).rejects.toThrow(
      'No user has the e-mail or id nobody@example.com.',
    );
    expect((await owner.query('SELECT pg_current_xact_id_if_assigned() AS id')).rows).toEqual([
      { id: null },
    ]);
  });

  it('finds it by its e-mail in any case, and by its id', async () => {
    for (const key of [ada, email(), ` ${email().toUpperCase()} `]) {
      expect(await findUser(owner, key)).toMatchObject({ id: ada });
    }
  });

  it('sign-out ends all its sessions, counts the live ones, and leaves other users alone', async () => {
    const sessions = [await db.addSession(ada), await db.addSession(ada)];
    await db.addSession(ada, '-1 minute');
    const other = await db.addSession(bob);
    expect(await signOutUser(owner, email())).toEqual({ email: email(), endedSessions: 2 });
    expect(await db.live()).toEqual([other]);
    expect(await db.revoked()).toEqual(expect.arrayContaining(sessions));
    expect(await signOutUser(owner, ada)).toMatchObject({ endedSessions: 0 });
  });

  it('a ban ends all sessions, lets none begin, and says why and until when', async () => {
    const session = await db.addSession(ada);
    const ban = { reason: 'spam', seconds: 3600 };
    expect(await banUser(owner, ada, ban)).toMatchObject({ endedSessions: 1 });
    expect(await db.revoked()).toEqual([session]);
    await expect(db.addSession(ada)).rejects.toMatchObject({ code: 'TB001' });
    const [user] = await listUsers(owner, { search: ada, limit: 9 });
    expect(user).toMatchObject({ ban: { reason: 'spam' }, liveSessions: 0 });
    const seconds = (Date.parse(user?.ban?.until ?? '') - Date.now()) / 1000;
    expect(seconds).toBeGreaterThan(3590);
    expect(seconds).toBeLessThanOrEqual(3600);
  });

  it('a ban without an end replaces one that has an end', async () => {
    await banUser(owner, ada, { reason: 'spam', seconds: 3600 });
    await banUser(owner, ada, {});
    const [user] = await listUsers(owner, { search: ada, limit: 9 });
    expect(user).toMatchObject({ ban: { until: null, reason: null } });
  });

  it('a ban that is over is none, and the next one ends what began meanwhile', async () => {
    await banUser(owner, ada, { seconds: 0 });
    const session = await db.addSession(ada);
    expect(await listUsers(owner, { search: ada, limit: 9 })).toMatchObject([
      { ban: null, liveSessions: 1 },
    ]);
    await banUser(owner, ada, {});
    expect(await db.revoked()).toEqual([session]);
  });

  it('a lifted ban leaves nothing behind, and there may have been none to lift', async () => {
    await banUser(owner, ada, { reason: 'spam', seconds: 3600 });
    expect(await unbanUser(owner, ada)).toMatchObject({ email: email() });
    await expect(db.addSession(ada)).resolves.toEqual(expect.any(String));
    expect(await listUsers(owner, { search: ada, limit: 9 })).toMatchObject([{ ban: null }]);
    expect(await unbanUser(owner, ada)).toBeUndefined();
  });

  it('the deletion takes all that is the user’s, and ends the sessions', async () => {
    const session = await db.addSession(ada);
    await db.owner.query(`INSERT INTO task (user_id, title) VALUES ($1, 'mine'), ($2, 'his')`, [
      ada,
      bob,
    ]);
    expect(await deleteUser(owner, ada)).toEqual({ email: email(), endedSessions: 1 });
    expect(await db.revoked()).toEqual([session]);
    expect((await db.owner.query('SELECT title FROM task')).rows).toEqual([{ title: 'his' }]);
    expect(await listUsers(owner, { search: '', limit: 9 })).toHaveLength(1);
  });

  it.each([
    ['ban', () => banUser(owner, ada, {})],
    ['sign-out', () => signOutUser(owner, ada)],
    ['delete', () => deleteUser(owner, ada)],
  ])('%s waits for a sign-in that is about to commit, and ends it', async (_name, action) => {
    await db.web.query('BEGIN');
    const session = await db.addSession(ada, '7 days', db.web);
    const done = action();
    await db.waits(owner);
    await db.web.query('COMMIT');
    expect(await done).toMatchObject({ endedSessions: 1 });
    expect(await db.revoked()).toEqual([session]);
  });
});

describe('the list of accounts', () => {
  const emails = async (search: string, limit = 9) =>
    (await listUsers(owner, { search, limit })).map((user) => user.email);

  it('shows the newest first, at most so many', async () => {
    await db.owner.query(`UPDATE "user" SET "createdAt" = now() - interval '1 day' WHERE id = $1`, [
      ada,
    ]);
    expect(await emails('')).toEqual([`${bob}@example.com`, email()]);
    expect(await emails('', 1)).toEqual([`${bob}@example.com`]);
  });

  it('is searched by parts of e-mail and name in any case, and takes them as they are', async () => {
    await db.owner.query(`UPDATE "user" SET name = '100% Lovelace_' WHERE id = $1`, [ada]);
    expect(await emails('LOVELACE')).toEqual([email()]);
    expect(await emails(ada.slice(0, 13).toUpperCase())).toEqual([email()]);
    expect(await emails('100%')).toEqual([email()]);
    for (const pattern of ['1%L', '_ovelace', `'`]) expect(await emails(pattern)).toEqual([]);
  });

  it('holds nothing that signs in', async () => {
    const session = await db.addSession(ada);
    await db.owner.query(`UPDATE session SET token = 'the-cookie'`);
    const text = JSON.stringify(await listUsers(owner, { search: '', limit: 9 }));
    for (const secret of [session, 'the-cookie', '"old"']) expect(text).not.toContain(secret);
    expect(text).toContain('"liveSessions":1');
  });
});
