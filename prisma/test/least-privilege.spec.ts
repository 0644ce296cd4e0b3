import pg from 'pg';
import { createDatabaseClient } from '../src/database-client.js';
import { assertLeastPrivilege, type AppRole } from '../src/least-privilege.js';
import { createTestDatabase, type TestDatabase } from '../src/local/test-database.js';

let database: TestDatabase;

beforeAll(async () => {
  database = await createTestDatabase();
});

afterAll(() => database.drop());

async function check(url: string, role: AppRole): Promise<void> {
  const db = createDatabaseClient({ url, poolSize: 1 });
  try {
    await assertLeastPrivilege(db, role);
  } finally {
    await db.$disconnect();
  }
}

describe('an app at boot', () => {
  it('accepts its own role', async () => {
    await expect(check(database.apiUrl, 'tessera_api')).resolves.toBeUndefined();
    await expect(check(database.webUrl, 'tessera_web')).resolves.toBeUndefined();
  });

  it('refuses the role of the other app', async () => {
    await expect(check(database.webUrl, 'tessera_api')).rejects.toThrow(
      '"tessera_web" is not tessera_api',
    );
  });

  it('refuses the owner, who bypasses row level security', async () => {
    await expect(check(database.ownerUrl, 'tessera_api')).rejects.toThrow(
      'bypasses row level security, or can, owns tables',
    );
  });

  it('refuses another role that only acts as its own: it could stop doing so', async () => {
    const url = `${database.ownerUrl}?options=-c%20role%3Dtessera_api`;
    const owner = new pg.Client({ connectionString: database.ownerUrl });
    await owner.connect();
    await owner.query('GRANT tessera_api TO tessera_owner WITH SET TRUE');
    await owner.end();
    await expect(check(url, 'tessera_api')).rejects.toThrow(
      '"tessera_owner" is not tessera_api, acts as "tessera_api"',
    );
  });

  it('refuses its own role once that is a member of the owner', async () => {
    const owner = new pg.Client({ connectionString: database.ownerUrl });
    await owner.connect();
    const name = 'tessera_table_owner';
    try {
      await owner.query(`CREATE ROLE ${name}`);
      await owner.query(`GRANT ${name} TO tessera_owner; GRANT CREATE ON SCHEMA public TO ${name}`);
      await owner.query(
        `CREATE TABLE extra (a int); ALTER TABLE extra OWNER TO ${name}; GRANT ${name} TO tessera_api`,
      );
      await expect(check(database.apiUrl, 'tessera_api')).rejects.toThrow(
        '"tessera_api" owns tables',
      );
    } finally {
      await owner.query(`DROP OWNED BY ${name}; DROP ROLE ${name}`);
      await owner.end();
    }
  });
});
