import type { PrismaClient } from '@tessera/database';
import { reportProblem } from '../lib/report-problem.js';

const SOON_MS = 60_000;
const HOUR_MS = 3_600_000;

/** Deletes the security events that are older than `seconds`; the database keeps those of a day anyway. */
export async function pruneSecurityEvents(db: PrismaClient, seconds: number): Promise<void> {
  for (;;) {
    const [row] = await db.$queryRaw<[{ deleted: bigint }]>`
      SELECT prune_security_events(make_interval(secs => ${seconds}::double precision)) AS deleted`;
    if (row.deleted === 0n) return;
  }
}

/**
 * Does `work` a minute from now and then about every hour: not at the same moment as all other
 * instances. What fails is reported, and tried again the next time.
 *
 * @returns stops it
 */
export function repeatHourly(work: () => Promise<void>): () => void {
  const wait = (milliseconds: number) =>
    setTimeout(
      () => {
        timer = wait(HOUR_MS);
        work().catch((error: unknown) => {
          reportProblem('Old security events could not be deleted', { error });
        });
      },
      milliseconds * (0.9 + Math.random() * 0.2),
    ).unref();
  let timer = wait(SOON_MS);
  return () => clearTimeout(timer);
}
