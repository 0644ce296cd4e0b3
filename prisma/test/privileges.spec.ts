import pg from 'pg';
import { createTestDatabase, type TestDatabase } from '../src/local/test-database.js';

// What the migrations grant, whole: a right that is not listed here is a right too many.

let database: TestDatabase;
let owner: pg.Client;

beforeAll(async () => {
  database = await createTestDatabase();
  owner = new pg.Client({ connectionString: database.ownerUrl });
  await owner.connect();
});

afterAll(async () => {
  await owner.end();
  await database.drop();
});

async function rows(sql: string): Promise<unknown[]> {
  return (await owner.query({ text: sql, rowMode: 'array' })).rows;
}

const APP_ROLES = `('tessera_web', 'tessera_api', 'PUBLIC')`;
const ALL = 'DELETE,INSERT,SELECT,UPDATE';

describe('the app roles', () => {
  it('have exactly these rights on tables', async () => {
    const granted = await rows(`
      SELECT grantee, table_name, string_agg(privilege_type, ',' ORDER BY privilege_type)
      FROM information_schema.role_table_grants
      WHERE grantee IN ${APP_ROLES} AND table_schema = 'public' GROUP BY 1, 2 ORDER BY 1, 2`);
    expect(granted).toEqual([
      ['tessera_api', 'revocation', 'SELECT'],
      ['tessera_api', 'task', 'DELETE,INSERT,SELECT'],
      ['tessera_web', 'account', ALL],
      ['tessera_web', 'jwks', 'DELETE,INSERT,SELECT'],
      ['tessera_web', 'known_device', ALL],
      ['tessera_web', 'rateLimit', ALL],
      ['tessera_web', 'security_event', 'SELECT'],
      ['tessera_web', 'session', ALL],
      ['tessera_web', 'sign_in_backoff', ALL],
      ['tessera_web', 'user', ALL],
      ['tessera_web', 'verification', ALL],
    ]);
  });

  it('may change exactly these columns of tasks: never the id or the owner', async () => {
    const columns = await rows(`
      SELECT column_name FROM information_schema.role_column_grants
      WHERE grantee = 'tessera_api' AND privilege_type = 'UPDATE' ORDER BY 1`);
    expect(columns.flat()).toEqual(['completed', 'description', 'title', 'updated_at']);
  });

  it('may sign in and nothing else', async () => {
    const roles = await rows(`
      SELECT rolname, rolcanlogin, rolsuper OR rolcreaterole OR rolcreatedb OR rolreplication OR rolbypassrls
      FROM pg_roles WHERE rolname IN ${APP_ROLES} ORDER BY 1`);
    expect(roles).toEqual([
      ['tessera_api', true, false],
      ['tessera_web', true, false],
    ]);
  });

  it('may use the schema, and make nothing in it or in the database', async () => {
    const [rights] = await rows(`
      SELECT has_schema_privilege('tessera_api', 'public', 'CREATE'),
        has_schema_privilege('tessera_web', 'public', 'CREATE'),
        has_schema_privilege('pg_monitor', 'public', 'USAGE'),
        has_database_privilege('tessera_api', current_database(), 'TEMP, CREATE'),
        has_database_privilege('tessera_web', current_database(), 'TEMP, CREATE')`);
    expect(rights).toEqual([false, false, false, false, false]);
  });

  it('may call exactly these functions of ours; every one has a pinned search path', async () => {
    const functions = await rows(`
      SELECT p.proname,
        concat_ws(' ', CASE WHEN has_function_privilege('pg_monitor', p.oid, 'EXECUTE') THEN 'everybody' END,
          CASE WHEN has_function_privilege('tessera_api', p.oid, 'EXECUTE') THEN 'api' END,
          CASE WHEN has_function_privilege('tessera_web', p.oid, 'EXECUTE') THEN 'web' END),
        p.prosecdef AND p.proconfig = '{"search_path=pg_catalog, pg_temp"}'
      FROM pg_proc p WHERE p.pronamespace = 'public'::regnamespace ORDER BY 1`);
    expect(functions).toEqual([
      ['end_changed_session', '', true],
      ['end_sessions_of_banned_user', '', true],
      ['end_sessions_of_changed_password', '', true],
      ['end_truncated_sessions', '', true],
      ['prune_revocations', 'api', true],
      ['prune_security_events', 'web', true],
      ['record_security_events', 'api web', true],
      ['refuse_session', '', true],
      ['revoke_ended_sessions', '', true],
    ]);
  });
});

describe('the triggers', () => {
  it('are these, and none is switched off', async () => {
    const triggers = await rows(`
      SELECT tgrelid::regclass::text, tgname, tgenabled FROM pg_trigger WHERE NOT tgisinternal ORDER BY 1, 2`);
    expect(triggers).toEqual([
      ['"user"', 'user_banned', 'O'],
      ['account', 'password_changed', 'O'],
      ['account', 'password_removed', 'O'],
      ['account', 'password_set', 'O'],
      ['session', 'session_begun', 'O'],
      ['session', 'session_changed', 'O'],
      ['session', 'session_deleted', 'O'],
      ['session', 'session_truncated', 'O'],
    ]);
  });
});

describe("every table of users' rows that the API may read", () => {
  it('has forced row level security with a policy that checks reads and writes', async () => {
    const tables = await rows(`
      SELECT c.relname, c.relrowsecurity, c.relforcerowsecurity,
        bool_and(p.polqual IS NOT NULL AND p.polwithcheck IS NOT NULL)
      FROM pg_class c LEFT JOIN pg_policy p ON p.polrelid = c.oid
      WHERE c.relkind IN ('r', 'p', 'v', 'm') AND c.relnamespace = 'public'::regnamespace
        AND has_any_column_privilege('tessera_api', c.oid, 'SELECT')
        -- Ids of sessions that are no more, without their users.
        AND c.relname <> 'revocation'
      GROUP BY 1, 2, 3`);
    expect(tables).toEqual([['task', true, true, true]]);
  });
});
