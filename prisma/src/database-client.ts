import { PrismaPg } from '@prisma/adapter-pg';
import { PrismaClient } from './generated/client.js';

/** Shorter than any client's patience, longer than a fail-over's hiccup. */
const CONNECT_TIMEOUT_MS = 5_000;
const STATEMENT_TIMEOUT_MS = 10_000;

/**
 * Creates a Prisma client that gives up in bounded time, so that an outage becomes an error the
 * apps can answer with 503 instead of requests that hang.
 *
 * @param options.url PostgreSQL URL of one of the two app roles
 * @param options.poolSize most connections this process opens
 */
export function createDatabaseClient(options: { url: string; poolSize: number }): PrismaClient {
  const adapter = new PrismaPg(
    {
      connectionString: options.url,
      max: options.poolSize,
      connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
      // The server ends a statement that runs too long; the client one that a dead server never answers.
      statement_timeout: STATEMENT_TIMEOUT_MS,
      query_timeout: STATEMENT_TIMEOUT_MS + 1_000,
      keepAlive: true,
    },
    // Idle connections die with the server; without a listener that would end the process.
    { onPoolError: () => undefined },
  );
  return new PrismaClient({
    adapter,
    // The default wait of 2 s fails in a burst that a pool of ten works off easily.
    transactionOptions: { maxWait: 10_000, timeout: STATEMENT_TIMEOUT_MS + 2_000 },
    errorFormat: 'minimal',
  });
}
