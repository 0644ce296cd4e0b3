import pg from 'pg';
import { createTestDatabase, type TestDatabase } from '../src/local/test-database.js';
import { applyRoles } from '../src/roles.js';

let database: TestDatabase;

beforeAll(async () => {
  database = await createTestDatabase();
});

afterAll(() => database.drop());

describe('giving the app roles their logins', () => {
  it('lets them sign in, and puts no password into a statement that a server might log', async () => {
    const sent = jest.spyOn(pg.Client.prototype, 'query');
    await applyRoles(database);
    const statements = JSON.stringify(sent.mock.calls);
    sent.mockRestore();
    for (const url of [database.webUrl, database.apiUrl]) {
      expect(statements).toContain('SCRAM-SHA-256$');
      expect(statements).not.toContain(new URL(url).password);
      const client = new pg.Client({ connectionString: url });
      await client.connect();
      await client.end();
    }
  });

  it.each([
    ['WEB_DATABASE_URL', { webUrl: 'postgresql://postgres:x@127.0.0.1/x' }],
    ['API_DATABASE_URL', { apiUrl: 'postgresql://tessera_web:x@127.0.0.1/x' }],
    ['API_DATABASE_URL', { apiUrl: 'postgresql://tessera_api@127.0.0.1/x' }],
  ])('refuses a %s of another role, or without password', async (variable, urls) => {
    await expect(applyRoles({ ...database, ...urls })).rejects.toThrow(variable);
  });
});
