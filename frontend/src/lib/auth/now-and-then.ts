import { reportProblem } from '@/lib/report-problem';

const EVERY_MS = 60_000;

/**
 * Work that must be done from time to time and for which nobody waits: clearing away what is old. Done
 * at most once a minute, by whoever calls first.
 */
export function nowAndThen(work: () => Promise<unknown>): () => void {
  let dueAt = Date.now() + EVERY_MS;
  return () => {
    if (Date.now() < dueAt) return;
    dueAt = Date.now() + EVERY_MS;
    work().catch((error: unknown) => reportProblem('Old rows could not be deleted', { error }));
  };
}
