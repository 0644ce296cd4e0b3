import { randomBytes } from 'node:crypto';
import pg from 'pg';
import { closeDatabase } from '../roles.js';

export interface TestDatabase {
  ownerUrl: string;
  webUrl: string;
  apiUrl: string;
  drop(): Promise<void>;
}

/**
 * Creates a migrated database of its own for one test file: a copy of the one that the test run's
 * global set-up migrated (`TEST_OWNER_URL`, `TEST_WEB_URL`, `TEST_API_URL`).
 */
export async function createTestDatabase(): Promise<TestDatabase> {
  const name = `test_${randomBytes(8).toString('hex')}`;
  const template = new URL(testUrl('TEST_OWNER_URL')).pathname.slice(1);
  await asAdministrator((client) => client.query(`CREATE DATABASE ${name} TEMPLATE ${template}`));
  const urlOf = (variable: string) => withDatabase(testUrl(variable), name);
  const owner = new pg.Client({ connectionString: urlOf('TEST_OWNER_URL') });
  await owner.connect();
  await closeDatabase(owner);
  await owner.end();
  return {
    ownerUrl: urlOf('TEST_OWNER_URL'),
    webUrl: urlOf('TEST_WEB_URL'),
    apiUrl: urlOf('TEST_API_URL'),
    drop: () => asAdministrator((client) => client.query(`DROP DATABASE ${name} WITH (FORCE)`)),
  };
}

async function asAdministrator(work: (client: pg.Client) => Promise<unknown>): Promise<void> {
  // Never the template itself: a database with a connection cannot be copied.
  const client = new pg.Client({
    connectionString: withDatabase(testUrl('TEST_OWNER_URL'), 'postgres'),
  });
  await client.connect();
  try {
    await work(client);
  } finally {
    await client.end();
  }
}

function withDatabase(url: string, database: string): string {
  const changed = new URL(url);
  changed.pathname = `/${database}`;
  return changed.href;
}

function testUrl(variable: string): string {
  const url = process.env[variable];
  if (url === undefined) throw new Error(`${variable} is set by the global set-up of the test run`);
  return url;
}
