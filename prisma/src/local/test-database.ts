import { randomBytes } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
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
    drop: () => asAdministrator((client) => drop(client, name)),
  };
}

const DROP_ATTEMPTS = 50;

async function drop(client: pg.Client, name: string): Promise<void> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      await client.query(`DROP DATABASE ${name} WITH (FORCE)`);
      return;
    } catch (error) {
      // An autovacuum worker is in it, which the owner may not end: it ends by itself.
      const passing = error instanceof pg.DatabaseError && error.code === '42501';
      if (!passing || attempt === DROP_ATTEMPTS) throw error;
      await delay(100);
    }
  }
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
