import { createDatabaseClient } from '@tessera/database';

const PATIENCE_MS = 8_000;

/**
 * Runs a statement in a transaction, and `meanwhile` before it commits. `blocked` resolves when another
 * connection to this database waits for a lock.
 */
export async function holdTransaction(
  ownerUrl: string,
  statement: string,
  meanwhile: (blocked: () => Promise<void>) => Promise<void>,
): Promise<void> {
  const owner = createDatabaseClient({ url: ownerUrl, poolSize: 2 });
  const blocked = async () => {
    for (const deadline = Date.now() + PATIENCE_MS; Date.now() < deadline;) {
      const waiting = await owner.$queryRaw<unknown[]>`
        SELECT 1 FROM pg_locks JOIN pg_stat_activity USING (pid)
        WHERE NOT granted AND datname = current_database()`;
      if (waiting.length > 0) return;
    }
    throw new Error('Nobody waits for the transaction');
  };
  try {
    await owner.$transaction(async (transaction) => {
      await transaction.$executeRawUnsafe(statement);
      await meanwhile(blocked);
    });
  } finally {
    await owner.$disconnect();
  }
}
