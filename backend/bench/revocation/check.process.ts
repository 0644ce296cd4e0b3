// Verifies a known token with a real feed of revocations, and without one.
import { setTimeout as pause } from 'node:timers/promises';
import { RevocationFeed } from '#api/auth/revocation/revocation.feed.js';
import { createVerifier, verifying, type Case } from '../micro/verification.case.js';
import { mint } from '../tokens.js';

export interface CheckOrder {
  readonly databaseUrl: string;
  readonly revoked: number;
}

export interface CheckResult {
  readonly revoked: number;
  /** CPU time of one verification, of the best round. */
  readonly withoutMicros: number;
  readonly withMicros: number;
}

const ROUNDS = 40;
const TIMES = 50_000;

async function measure({ databaseUrl, revoked }: CheckOrder): Promise<CheckResult> {
  const feed = new RevocationFeed({
    databaseUrl,
    listenUrl: databaseUrl,
    maxStalenessSeconds: 5,
    maxEntries: 1_000_000,
    maxTokenLifeSeconds: 86_400,
    logger: { log: () => undefined, error: (message: unknown) => console.error(message) },
  });
  await feed.onModuleInit();
  if (!feed.isRevoked(`bench-${revoked}`)) throw new Error('The feed has not read what is revoked');
  const token = mint();
  const without = verifying('without', createVerifier(), [token]);
  const watched = verifying('with', createVerifier(undefined, undefined, feed), [token]);
  let [withoutMicros, withMicros] = [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY];
  for (let round = 0; round < ROUNDS; round += 1) {
    withoutMicros = Math.min(withoutMicros, time(without));
    withMicros = Math.min(withMicros, time(watched));
    // The feed gets its turn, or it would grow stale.
    await pause(20);
  }
  await feed.onApplicationShutdown();
  return { revoked, withoutMicros, withMicros };
}

function time({ run, expected }: Case): number {
  globalThis.gc?.();
  const before = process.cpuUsage();
  for (let turn = 0; turn < TIMES; turn += 1) {
    if (run() !== expected) throw new Error('A verification went wrong');
  }
  const { user, system } = process.cpuUsage(before);
  return (user + system) / TIMES;
}

process.once('message', (order: CheckOrder) => {
  void measure(order).then((result) => process.send?.(result, () => process.disconnect()));
});
