import type { PrismaClient } from '@tessera/database';
import { nowAndThen } from './now-and-then';

/** Longer than any window in use. */
const KEEP_MS = 3_600_000;

interface Rule {
  /** Seconds. */
  window: number;
  max: number;
}

/**
 * Counts requests per key in fixed windows, in the database, so that all instances share the count
 * (FR-023). One atomic statement: racing requests cannot all see the count before any was added. The
 * clock is the database's. `lastRequest` holds when the window began.
 */
export function createRateLimitRepository(db: PrismaClient) {
  const prune = nowAndThen(() =>
    db.rateLimit.deleteMany({ where: { lastRequest: { lt: BigInt(Date.now() - KEEP_MS) } } }),
  );

  return {
    async consume(
      key: string,
      rule: Rule,
    ): Promise<{ allowed: boolean; retryAfter: number | null }> {
      const windowMs = rule.window * 1000;
      const [row] = await db.$queryRaw<[{ count: number; remainingMs: bigint }]>`
        WITH clock AS (SELECT (extract(epoch FROM clock_timestamp()) * 1000)::bigint AS now)
        INSERT INTO "rateLimit" AS r ("id", "key", "count", "lastRequest")
        SELECT gen_random_uuid()::text, ${key}, 1, now FROM clock
        ON CONFLICT ("key") DO UPDATE SET
          "count" = CASE WHEN r."lastRequest" <= excluded."lastRequest" - ${windowMs}::bigint
            THEN 1 ELSE LEAST(r."count" + 1, ${rule.max + 1}::int) END,
          "lastRequest" = CASE WHEN r."lastRequest" <= excluded."lastRequest" - ${windowMs}::bigint
            THEN excluded."lastRequest" ELSE r."lastRequest" END
        RETURNING r."count", r."lastRequest" + ${windowMs}::bigint - (SELECT now FROM clock) AS "remainingMs"`;
      prune();
      if (row.count <= rule.max) return { allowed: true, retryAfter: null };
      return { allowed: false, retryAfter: Math.max(1, Math.ceil(Number(row.remainingMs) / 1000)) };
    },
  };
}
