import { BenchProcess } from '../bench.process.js';
import type { Product } from '../product/product.js';
import type { CheckOrder, CheckResult } from './check.process.js';

const REVOKED = 100_000;

/** What a look-up among so many revoked sessions adds to a verification, in a process of its own. */
export async function measureCheck({ sql, apiDatabaseUrl }: Product): Promise<CheckResult> {
  await sql.query(
    `INSERT INTO "revocation" ("sid") SELECT 'bench-' || n FROM generate_series(1, $1::int) n`,
    [REVOKED],
  );
  const process = BenchProcess.start('./revocation/check.process.js', {
    nodeFlags: ['--expose-gc'],
  });
  const order: CheckOrder = { databaseUrl: apiDatabaseUrl, revoked: REVOKED };
  return process.ask<CheckResult>(order);
}
