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
      ['tessera_api', 'task', 'DELETE,INSERT,SELECT'],
      ['tessera_web', 'account', ALL],
      ['tessera_web', 'jwks', 'DELETE,INSERT,SELECT'],
      ['tessera_web', 'rateLimit', ALL],
      ['tessera_web', 'session', ALL],
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

  it('may call exactly these functions of ours, whose search path is pinned', async () => {
    const functions = await rows(`
      SELECT p.proname, p.prosecdef, p.proconfig,
        has_function_privilege('tessera_api', p.oid, 'EXECUTE'),
        has_function_privilege('tessera_web', p.oid, 'EXECUTE')
      FROM pg_proc p WHERE p.pronamespace = 'public'::regnamespace`);
    expect(functions).toEqual([
      ['user_exists', true, ['search_path=pg_catalog, pg_temp'], true, false],
    ]);
  });
});

describe('every table that the API may read', () => {
  it('has forced row level security with a policy that checks reads and writes', async () => {
    const tables = await rows(`
      SELECT c.relname, c.relrowsecurity, c.relforcerowsecurity,
        bool_and(p.polqual IS NOT NULL AND p.polwithcheck IS NOT NULL)
      FROM pg_class c LEFT JOIN pg_policy p ON p.polrelid = c.oid
      WHERE c.relkind IN ('r', 'p', 'v', 'm') AND c.relnamespace = 'public'::regnamespace
        AND has_any_column_privilege('tessera_api', c.oid, 'SELECT')
      GROUP BY 1, 2, 3`);
    expect(tables).toEqual([['task', true, true, true]]);
  });
});
