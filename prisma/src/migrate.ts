import { createHash, randomUUID } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import pg from 'pg';

/** The package's own migrations, from `dist/` as from `src/`. */
const MIGRATIONS = fileURLToPath(new URL('../migrations/', import.meta.url));

/** The number of the lock that `prisma migrate` takes too: the two never run at the same time. */
const MIGRATE_LOCK = 72_707_369;

/** The engine's own table, column for column. */
const CREATE_HISTORY = `
  CREATE TABLE IF NOT EXISTS "_prisma_migrations" (
    "id" VARCHAR(36) PRIMARY KEY NOT NULL,
    "checksum" VARCHAR(64) NOT NULL,
    "finished_at" TIMESTAMPTZ,
    "migration_name" VARCHAR(255) NOT NULL,
    "logs" TEXT,
    "rolled_back_at" TIMESTAMPTZ,
    "started_at" TIMESTAMPTZ NOT NULL DEFAULT now(),
    "applied_steps_count" INTEGER NOT NULL DEFAULT 0
  )`;

interface HistoryRow {
  migration_name: string;
  checksum: string;
  finished_at: Date | null;
}

/**
 * Applies the pending migrations, in order, each in a transaction of its own, and leaves the rows that
 * `prisma migrate deploy` would leave. It exists because that command downloads an engine.
 *
 * @param ownerUrl PostgreSQL URL of the owner
 * @returns the names of what was applied
 * @throws Error naming the migration when one fails (nothing of it stays) or changed after it was applied
 */
export async function migrate(ownerUrl: string, directory = MIGRATIONS): Promise<string[]> {
  const client = new pg.Client({ connectionString: ownerUrl, application_name: 'tessera-migrate' });
  await client.connect();
  try {
    await client.query('SELECT pg_advisory_lock($1)', [MIGRATE_LOCK]);
    await client.query(CREATE_HISTORY);
    const { rows } = await client.query<HistoryRow>(
      `SELECT migration_name, checksum, finished_at FROM "_prisma_migrations" WHERE rolled_back_at IS NULL`,
    );
    const history = new Map(rows.map((row) => [row.migration_name, row]));
    const applied: string[] = [];
    for (const name of await migrationNames(directory)) {
      if (await apply(client, name, `${directory}/${name}/migration.sql`, history.get(name))) {
        applied.push(name);
      }
    }
    return applied;
  } finally {
    await client.end();
  }
}

async function migrationNames(directory: string): Promise<string[]> {
  const entries = await readdir(directory, { withFileTypes: true });
  return entries
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name)
    .sort();
}

async function apply(
  client: pg.Client,
  name: string,
  file: string,
  row?: HistoryRow,
): Promise<boolean> {
  const sql = await readFile(file, 'utf8');
  const checksum = createHash('sha256').update(sql).digest('hex');
  if (row?.finished_at === null)
    throw new Error(`Migration ${name} failed earlier; see prisma migrate resolve`);
  if (row && row.checksum !== checksum)
    throw new Error(`Migration ${name} was changed after it was applied`);
  if (row) return false;
  try {
    await client.query('BEGIN');
    await client.query(sql);
    await client.query(
      `INSERT INTO "_prisma_migrations" (id, checksum, migration_name, finished_at, applied_steps_count)
       VALUES ($1, $2, $3, now(), 1)`,
      [randomUUID(), checksum, name],
    );
    await client.query('COMMIT');
  } catch (error) {
    await client.query('ROLLBACK');
    throw new Error(
      `Migration ${name} failed: ${error instanceof Error ? error.message : String(error)}`,
      {
        cause: error,
      },
    );
  }
  return true;
}
