import 'server-only';
import { createDatabaseClient } from '@tessera/database';
import { webEnvironment } from '@/lib/env';
import { type Auth, createAuth } from './auth';
import { sharedSigningKeys } from './signing-keys';

const POOL_SIZE = 5;

/** One pool per process: in development Next evaluates modules again at every change. */
const kept = globalThis as typeof globalThis & { tesseraAuth?: Auth };

/** Created on first use, since a build has neither environment nor database. */
export function authInstance(): Auth {
  const environment = webEnvironment();
  return (kept.tesseraAuth ??= createAuth(
    environment,
    createDatabaseClient({ url: environment.databaseUrl, poolSize: POOL_SIZE }),
    sharedSigningKeys(),
  ));
}
