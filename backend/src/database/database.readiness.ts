import { setTimeout as delay } from 'node:timers/promises';
import { assertLeastPrivilege, isDatabaseOutage, type PrismaClient } from '@tessera/database';
import { ConfigurationError } from '@tessera/database/contract';

const PATIENCE_MS = 10_000;
const PAUSE_MS = 500;

/**
 * Waits a few seconds for a database that is just starting, then makes sure that the API runs as
 * its own role, which row level security binds.
 *
 * @throws ConfigurationError with a sentence for the operator
 */
export async function requireDatabase(db: PrismaClient, patienceMs = PATIENCE_MS): Promise<void> {
  const deadline = Date.now() + patienceMs;
  for (;;) {
    try {
      return await assertLeastPrivilege(db, 'tessera_api');
    } catch (error) {
      if (!isDatabaseOutage(error)) {
        throw new ConfigurationError(
          `API_DATABASE_URL: ${error instanceof Error ? error.message : 'cannot be used'}`,
        );
      }
      if (Date.now() >= deadline) {
        throw new ConfigurationError(
          'API_DATABASE_URL: the database cannot be reached, or refuses the login. Is it running?',
        );
      }
      await delay(PAUSE_MS);
    }
  }
}
