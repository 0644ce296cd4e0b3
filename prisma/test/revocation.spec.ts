import { createWatchedDatabase, type WatchedDatabase } from './watched-database.js';

// One rule: a session row that goes away is a revoked token, whatever made it go.

let db: WatchedDatabase;
let ada: string;
let bob: string;
let [first, second, ofBob]: [string, string, string] = ['', '', ''];

beforeAll(async () => {
  db = await createWatchedDatabase();
});

afterAll(() => db.close());

beforeEach(async () => {
  await db.clear();
  [ada, bob] = [await db.addUser(), await db.addUser()];
  [first, second] = [await db.addSession(ada), await db.addSession(ada)];
  ofBob = await db.addSession(bob);
});

/** These sessions are gone and revoked, each told once, by one wake-up; the others live. */
async function expectEnded(...ended: string[]) {
  ended.sort();
  expect(await db.revoked()).toEqual(ended);
  expect(await db.told()).toEqual(ended);
  expect(await db.live()).toEqual(
    [first, second, ofBob].filter((id) => !ended.includes(id)).sort(),
  );
  expect(await db.wakeUps()).toBe(ended.length > 0 ? 1 : 0);
}

const UPDATE_PASSWORD = 'UPDATE account SET password = $2 WHERE "userId" = $1';

describe('a session is revoked (US4) when', () => {
  it('deleted by its id', async () => {
    await db.web.query('DELETE FROM session WHERE id = $1', [first]);
    await expectEnded(first);
  });

  it('many are deleted by one statement', async () => {
    await db.web.query('DELETE FROM session');
    await expectEnded(first, second, ofBob);
  });

  it('several are deleted one by one in one transaction', async () => {
    await db.web.query('BEGIN');
    await db.web.query('DELETE FROM session WHERE id = $1', [first]);
    await db.web.query('SAVEPOINT inner_one');
    await db.web.query('DELETE FROM session WHERE id = $1', [second]);
    await db.web.query('RELEASE inner_one');
    await db.web.query('COMMIT');
    await expectEnded(first, second);
    const { rows } = await db.owner.query('SELECT DISTINCT xid FROM revocation');
    expect(rows).toHaveLength(1);
  });

  it('a data-modifying query deletes it', async () => {
    await db.web.query(
      `WITH gone AS (DELETE FROM session WHERE "userId" = $1 RETURNING 1) SELECT count(*) FROM gone`,
      [ada],
    );
    await expectEnded(first, second);
  });

  it('its user is deleted', async () => {
    await db.web.query('DELETE FROM "user" WHERE id = $1', [ada]);
    await expectEnded(first, second);
  });

  it('the id of its user changes', async () => {
    await db.web.query(`UPDATE "user" SET id = id || '-renamed' WHERE id = $1`, [ada]);
    await expectEnded(first, second);
  });

  it.each(['TRUNCATE session', 'TRUNCATE "user" CASCADE', 'TRUNCATE session, account'])(
    'its table is emptied by %s',
    async (truncate) => {
      await db.owner.query(truncate);
      await expectEnded(first, second, ofBob);
    },
  );

  it.each(['6 days 23:58:59', '1 day', '0 seconds', '-30 minutes', '-2 hours', '-10 years'])(
    'its end is moved to %s from now, and its row goes with it',
    async (end) => {
      await db.web.query(`UPDATE session SET "expiresAt" = now() + $2::interval WHERE id = $1`, [
        first,
        end,
      ]);
      await expectEnded(first);
    },
  );

  it('its end is moved to now, however near it was', async () => {
    first = await db.addSession(ada, '20 seconds');
    await db.web.query('UPDATE session SET "expiresAt" = now() WHERE id = $1', [first]);
    expect(await db.revoked()).toEqual([first]);
    expect(await db.live()).not.toContain(first);
  });

  it('given to another user', async () => {
    await db.web.query('UPDATE session SET "userId" = $2 WHERE id = $1', [first, bob]);
    await expectEnded(first);
  });

  it('its id changes: then by both ids, since a token may have been made for either', async () => {
    await db.web.query(`UPDATE session SET id = 'renamed' WHERE id = $1`, [first]);
    expect(await db.revoked()).toEqual([first, 'renamed'].sort());
    expect(await db.told()).toEqual([first, 'renamed'].sort());
    expect(await db.live()).toEqual([second, ofBob].sort());
    expect(await db.wakeUps()).toBe(1);
  });

  it('overwritten by an insert of the same id that ends sooner', async () => {
    await db.web.query(
      `INSERT INTO session (id, token, "userId", "expiresAt") VALUES ($1, 'new', $2, now())
       ON CONFLICT (id) DO UPDATE SET "expiresAt" = excluded."expiresAt"`,
      [first, ada],
    );
    await expectEnded(first);
  });

  it('the password of its user changes', async () => {
    await db.web.query(UPDATE_PASSWORD, [ada, 'new']);
    await expectEnded(first, second);
  });

  it('the password of its user is taken away', async () => {
    await db.web.query(UPDATE_PASSWORD, [ada, null]);
    await expectEnded(first, second);
  });

  it('the account with the password is deleted, or another one is made', async () => {
    await db.web.query('DELETE FROM account WHERE "userId" = $1', [ada]);
    await expectEnded(first, second);
    const later = await db.addSession(ada);
    await db.web.query(
      `INSERT INTO account (id, "accountId", "providerId", "userId", password)
       VALUES ($1, $1, 'credential', $1, 'new')`,
      [ada],
    );
    expect(await db.revoked()).toContain(later);
  });

  it.each([
    ['for good', 'NULL'],
    ['for a while', `now() + interval '1 day'`],
  ])('its user is banned %s, by plain SQL', async (_how, until) => {
    await db.web.query(`UPDATE "user" SET banned = true, "banExpires" = ${until} WHERE id = $1`, [
      ada,
    ]);
    await expectEnded(first, second);
  });

  it('its user is banned again after a ban that was over', async () => {
    await db.owner.query('DELETE FROM session WHERE "userId" = $1', [ada]);
    await db.owner.query(
      `UPDATE "user" SET banned = true, "banExpires" = now() - interval '1 minute' WHERE id = $1`,
      [ada],
    );
    const later = await db.addSession(ada);
    await db.web.query('UPDATE "user" SET "banExpires" = NULL WHERE id = $1', [ada]);
    expect(await db.revoked()).toContain(later);
    expect(await db.live()).toEqual([ofBob]);
  });

  it('deleted half an hour after it expired: clocks differ', async () => {
    first = await db.addSession(ada, '-30 minutes');
    await db.web.query('DELETE FROM session WHERE id = $1', [first]);
    expect(await db.revoked()).toEqual([first]);
  });
});

describe('nothing is revoked when', () => {
  it.each([
    ['a session is extended', `UPDATE session SET "expiresAt" = "expiresAt" + interval '1 day'`],
    [
      'the slower of two requests that extend a session at once writes the earlier end',
      `UPDATE session SET "expiresAt" = "expiresAt" - interval '59 seconds'`,
    ],
    ['a session is touched', `UPDATE session SET "updatedAt" = now(), "ipAddress" = '127.0.0.1'`],
    ['a user is renamed', `UPDATE "user" SET name = 'Grace'`],
    ['a ban is lifted', `UPDATE "user" SET banned = false, "banExpires" = NULL`],
    ['the same password is written again', `UPDATE account SET password = 'old'`],
    ['another column of the account changes', `UPDATE account SET scope = 'all'`],
    ['no session matches', `DELETE FROM session WHERE id = 'nobody'`],
  ])('%s', async (_what, sql) => {
    await db.web.query(sql);
    await expectEnded();
  });

  it('sessions that expired over an hour ago are swept up', async () => {
    await db.addSession(ada, '-61 minutes');
    await db.web.query('DELETE FROM session WHERE "expiresAt" < now()');
    await expectEnded();
  });

  it.each([
    ['DELETE FROM session'],
    [`UPDATE session SET "expiresAt" = now()`],
    [`UPDATE account SET password = 'new'`],
    ['UPDATE "user" SET banned = true'],
    ['DELETE FROM "user"'],
  ])('the transaction of %s is rolled back', async (sql) => {
    await db.web.query('BEGIN');
    await db.web.query(sql);
    await db.web.query('ROLLBACK');
    await expectEnded();
  });
});

describe('a password change that signs in again in its transaction', () => {
  it('revokes the old sessions and leaves the new one alive', async () => {
    await db.web.query('BEGIN');
    await db.web.query('DELETE FROM session WHERE "userId" = $1', [ada]);
    await db.web.query(UPDATE_PASSWORD, [ada, 'new']);
    const opened = await db.addSession(ada, '7 days', db.web);
    await db.web.query('COMMIT');
    expect(await db.revoked()).toEqual([first, second].sort());
    expect(await db.live()).toEqual([ofBob, opened].sort());
  });
});

describe('a banned user', () => {
  it('gets no session, until the ban is lifted or over', async () => {
    const banned = { code: 'TB001' };
    await db.web.query('UPDATE "user" SET banned = true WHERE id = $1', [ada]);
    await expect(db.addSession(ada, '7 days', db.web)).rejects.toMatchObject(banned);
    await db.web.query(`UPDATE "user" SET "banExpires" = now() + interval '1 hour' WHERE id = $1`, [
      ada,
    ]);
    await expect(db.addSession(ada, '7 days', db.web)).rejects.toMatchObject(banned);
    await db.web.query(`UPDATE "user" SET "banExpires" = now() - interval '1 ms' WHERE id = $1`, [
      ada,
    ]);
    await expect(db.addSession(ada, '7 days', db.web)).resolves.toEqual(expect.any(String));
    await db.web.query('UPDATE "user" SET banned = false, "banExpires" = NULL WHERE id = $1', [
      ada,
    ]);
    await expect(db.addSession(ada, '7 days', db.web)).resolves.toEqual(expect.any(String));
  });
});

it('a session that came back from a backup is told again when it ends again', async () => {
  const wake = async () => {
    await db.owner.query('DELETE FROM session WHERE id = $1', [first]);
    const { rows } = await db.owner.query<{ xid: string }>(
      'SELECT xid::text FROM revocation WHERE sid = $1',
      [first],
    );
    return rows[0]?.xid;
  };
  const once = await wake();
  await db.owner.query(
    `INSERT INTO session (id, token, "userId", "expiresAt") VALUES ($1, $1, $2, now() + interval '1 d')`,
    [first, ada],
  );
  expect(await wake()).not.toBe(once);
  expect(await db.told()).toEqual([first, first]);
});
