import type pg from 'pg';
import { createWatchedDatabase, type WatchedDatabase } from './watched-database.js';

// What an app that was taken over can do about the record of what was revoked.

let db: WatchedDatabase;
let ada: string;

beforeAll(async () => {
  db = await createWatchedDatabase();
});

afterAll(() => db.close());

beforeEach(async () => {
  await db.clear();
  ada = await db.addUser();
});

const denied = { code: '42501' };
const TRIGGER_FUNCTIONS = [
  'revoke_ended_sessions',
  'end_truncated_sessions',
  'end_changed_session',
  'end_sessions_of_changed_password',
  'end_sessions_of_banned_user',
  'refuse_session',
];

describe.each(['web', 'api'] as const)('the role of the %s app', (role) => {
  it.each([
    `INSERT INTO revocation (sid) VALUES ('any')`,
    `UPDATE revocation SET created_at = now()`,
    'DELETE FROM revocation',
    'TRUNCATE revocation',
    `INSERT INTO security_event (source, kind, outcome) VALUES ('web', 'sign_in', 'success')`,
    'UPDATE security_event SET count = 0',
    'DELETE FROM security_event',
    'TRUNCATE security_event',
    'TRUNCATE session',
    'ALTER TABLE session DISABLE TRIGGER ALL',
    'DROP TRIGGER session_deleted ON session',
    `SET session_replication_role = 'replica'`,
    'CREATE TRIGGER mine AFTER DELETE ON revocation EXECUTE FUNCTION revoke_ended_sessions()',
    'CREATE TABLE public.ended (id text)',
    'CREATE TEMP TABLE ended (id text)',
    'CREATE SCHEMA mine',
    'CREATE FUNCTION pg_temp.now() RETURNS timestamptz LANGUAGE sql AS $$ SELECT NULL $$',
    'ALTER FUNCTION revoke_ended_sessions() SET search_path = pg_temp',
  ])('cannot %s', async (sql) => {
    await expect(db[role].query(sql)).rejects.toMatchObject(denied);
  });

  it.each(TRIGGER_FUNCTIONS)('cannot call %s()', async (name) => {
    await expect(db[role].query(`SELECT ${name}()`)).rejects.toMatchObject(denied);
  });
});

describe('the rest of each role', () => {
  it('the API reads revocations and not events, the web app events and not revocations', async () => {
    await expect(db.api.query('SELECT * FROM security_event')).rejects.toMatchObject(denied);
    await expect(db.web.query('SELECT * FROM revocation')).rejects.toMatchObject(denied);
    await expect(db.api.query('SELECT * FROM revocation')).resolves.toMatchObject({ rowCount: 0 });
    await expect(db.web.query('SELECT * FROM security_event')).resolves.toMatchObject({
      rowCount: 0,
    });
  });

  it('the API cannot reach what locks accounts', async () => {
    for (const table of ['sign_in_backoff', 'known_device']) {
      await expect(db.api.query(`SELECT * FROM ${table}`)).rejects.toMatchObject(denied);
    }
  });

  it('the web app prunes events and no revocations, the API the other way round', async () => {
    const [revocations, events] = [
      'SELECT prune_revocations()',
      `SELECT prune_security_events('90 days')`,
    ];
    await expect(db.web.query(revocations)).rejects.toMatchObject(denied);
    await expect(db.api.query(events)).rejects.toMatchObject(denied);
    await db.api.query(revocations);
    await db.web.query(events);
  });
});

describe('the trigger', () => {
  const SHADOWS = `
    CREATE TEMP TABLE revocation (sid text PRIMARY KEY, xid xid8, created_at timestamptz);
    CREATE TEMP TABLE security_event (LIKE public.security_event);
    CREATE TEMP TABLE session (LIKE public.session);
    CREATE TEMP TABLE ended (LIKE public.session);
    CREATE FUNCTION pg_temp.now() RETURNS timestamptz LANGUAGE sql AS $$ SELECT 'infinity'::timestamptz $$;
    CREATE FUNCTION pg_temp.pg_notify(text, text) RETURNS void LANGUAGE sql AS '';
    SET search_path = pg_temp, public, pg_catalog`;

  async function withShadows(work: (client: pg.Client) => Promise<unknown>) {
    const client = await db.connect('owner');
    await client.query(SHADOWS);
    await work(client);
  }

  it.each([
    ['deletes', 'DELETE FROM public.session WHERE id = $1'],
    ['cuts short', 'UPDATE public.session SET "expiresAt" = "createdAt" WHERE id = $1'],
  ])('finds the real tables for one who %s with tables of the same names', async (_verb, sql) => {
    const session = await db.addSession(ada);
    await withShadows((client) => client.query(sql, [session]));
    expect(await db.revoked()).toEqual([session]);
    expect(await db.told()).toEqual([session]);
    expect(await db.live()).toEqual([]);
    expect(await db.wakeUps()).toBe(1);
  });

  it('finds the real user for one who signs in with a table of that name', async () => {
    await db.owner.query('UPDATE "user" SET banned = true WHERE id = $1', [ada]);
    await withShadows(async (client) => {
      await client.query('CREATE TEMP TABLE "user" (id text, banned boolean, "banExpires" date)');
      await expect(
        client.query(
          `INSERT INTO public.session (id, token, "userId", "expiresAt") VALUES ('a', 'a', $1, 'infinity')`,
          [ada],
        ),
      ).rejects.toMatchObject({ code: 'TB001' });
    });
  });

  it('keeps out of the record what the sessions hold besides their ids', async () => {
    await db.addSession(ada);
    await db.owner.query(`UPDATE session SET token = 'the-cookie', "ipAddress" = '192.0.2.7'`);
    await db.owner.query('DELETE FROM session');
    const { rows } = await db.owner.query('SELECT json_agg(e)::text AS told FROM security_event e');
    expect(JSON.stringify(rows)).not.toContain('the-cookie');
  });
});

describe('prune_revocations()', () => {
  it('forgets what is older than the longest life of a token, and an hour, and nothing else', async () => {
    await db.owner.query(
      `INSERT INTO revocation (sid, created_at) VALUES ('old', now() - interval '25 hours 1 minute'),
       ('young', now() - interval '24 hours 59 minutes'), ('new', now())`,
    );
    await db.api.query('SELECT prune_revocations()');
    expect(await db.revoked()).toEqual(['new', 'young']);
  });
});
