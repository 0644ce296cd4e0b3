// One embedded PostgreSQL for the whole run, migrated once; each test file copies it.
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export default async function startDatabase() {
  if (globalThis.testPostgres) return;
  const { applyRoles, migrate, startEmbeddedPostgres } =
    await import('./prisma/dist/local/index.js');
  const dataDir = await mkdtemp(join(tmpdir(), 'tessera-test-'));
  const postgres = await startEmbeddedPostgres({ dataDir });
  globalThis.testPostgres = postgres;
  await migrate(postgres.ownerUrl);
  await applyRoles(postgres);
  process.env.TEST_OWNER_URL = postgres.ownerUrl;
  process.env.TEST_WEB_URL = postgres.webUrl;
  process.env.TEST_API_URL = postgres.apiUrl;
}
