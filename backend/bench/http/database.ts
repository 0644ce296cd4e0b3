import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { applyRoles, migrate, startEmbeddedPostgres } from '@tessera/database/local';

/** Runs `work` beside a database of its own: the product wants to know what was revoked. */
export async function withDatabase<Result>(
  work: (apiUrl: string) => Promise<Result>,
): Promise<Result> {
  const dataDir = await mkdtemp(join(tmpdir(), 'tessera-bench-'));
  const postgres = await startEmbeddedPostgres({ dataDir });
  try {
    await migrate(postgres.ownerUrl);
    await applyRoles(postgres);
    return await work(postgres.apiUrl);
  } finally {
    await postgres.destroy();
  }
}
