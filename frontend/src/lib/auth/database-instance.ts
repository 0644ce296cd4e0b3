import 'server-only';
import { createDatabaseClient, type PrismaClient } from '@tessera/database';
import { webEnvironment } from '@/lib/env';

const POOL_SIZE = 5;

/** One pool per process: in development Next evaluates modules again at every change. */
const kept = globalThis as typeof globalThis & { tesseraDatabase?: PrismaClient };

/** Created on first use, since a build has neither environment nor database. */
export function databaseInstance(): PrismaClient {
  return (kept.tesseraDatabase ??= createDatabaseClient({
    url: webEnvironment().databaseUrl,
    poolSize: POOL_SIZE,
  }));
}
