import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { createTestDatabase, type TestDatabase } from '../src/local/test-database.js';
import { migrate } from '../src/migrate.js';

let database: TestDatabase;
let client: pg.Client;
let directory: string;

beforeEach(async () => {
  database = await createTestDatabase();
  client = new pg.Client({ connectionString: database.ownerUrl });
  await client.connect();
  directory = await mkdtemp(join(tmpdir(), 'tessera-migrations-'));
});

afterEach(async () => {
  await client.end();
  await database.drop();
  await rm(directory, { recursive: true });
});

async function write(name: string, sql: string): Promise<void> {
  await mkdir(join(directory, name), { recursive: true });
  await writeFile(join(directory, name, 'migration.sql'), sql);
}

const history = async () => {
  const { rows } = await client.query<{ migration_name: string }>(
    'SELECT migration_name FROM _prisma_migrations WHERE finished_at IS NOT NULL ORDER BY started_at',
  );
  return rows.map((row) => row.migration_name);
};

describe('the migration runner', () => {
  it('has nothing to do on a migrated database', async () => {
    await expect(migrate(database.ownerUrl)).resolves.toEqual([]);
  });

  it('applies what is new, in the order of the names, once', async () => {
    await write('2_second', 'ALTER TABLE extra ADD COLUMN b int');
    await write('1_first', 'CREATE TABLE extra (a int); INSERT INTO extra VALUES (1)');
    await expect(migrate(database.ownerUrl, directory)).resolves.toEqual(['1_first', '2_second']);
    await expect(migrate(database.ownerUrl, directory)).resolves.toEqual([]);
    expect(await history()).toEqual(expect.arrayContaining(['1_first', '2_second']));
  });

  it('leaves nothing of a migration that fails, and applies it once it is mended', async () => {
    await write('1_first', 'CREATE TABLE extra (a int); SELECT 1 / 0');
    await expect(migrate(database.ownerUrl, directory)).rejects.toThrow(
      'Migration 1_first failed: division by zero',
    );
    const { rows } = await client.query(`SELECT to_regclass('extra') AS found`);
    expect(rows).toEqual([{ found: null }]);
    await write('1_first', 'CREATE TABLE extra (a int)');
    await expect(migrate(database.ownerUrl, directory)).resolves.toEqual(['1_first']);
  });

  it('refuses a migration that was changed after it was applied', async () => {
    await write('1_first', 'CREATE TABLE extra (a int)');
    await migrate(database.ownerUrl, directory);
    await write('1_first', 'CREATE TABLE extra (b int)');
    await expect(migrate(database.ownerUrl, directory)).rejects.toThrow(
      '1_first was changed after it was applied',
    );
  });

  it('runs once when several start at the same time', async () => {
    await write('1_first', 'CREATE TABLE extra (a int)');
    const runs = await Promise.all([1, 2, 3].map(() => migrate(database.ownerUrl, directory)));
    expect(runs.flat()).toEqual(['1_first']);
  });
});
