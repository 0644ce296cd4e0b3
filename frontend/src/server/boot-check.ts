import { setTimeout as pause } from 'node:timers/promises';
import { assertLeastPrivilege, createDatabaseClient, isDatabaseOutage } from '@tessera/database';

const ATTEMPTS = 8;
const PAUSE_MS = 1_000;

/**
 * Makes sure, before anybody is served, that the database answers and that this process is to it what
 * it should be: `tessera_web`, and nothing more.
 *
 * @throws Error with a sentence for the operator
 */
export async function assertDatabaseIsOurs(url: string): Promise<void> {
  const db = createDatabaseClient({ url, poolSize: 1 });
  try {
    for (let attempt = 1; ; attempt += 1) {
      try {
        await assertLeastPrivilege(db, 'tessera_web');
        return;
      } catch (error) {
        if (!isDatabaseOutage(error)) throw error;
        if (attempt === ATTEMPTS) {
          throw new Error('The database of WEB_DATABASE_URL does not answer.', { cause: error });
        }
        await pause(PAUSE_MS);
      }
    }
  } finally {
    await db.$disconnect();
  }
}
