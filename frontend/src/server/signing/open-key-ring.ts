import { createDatabaseClient } from '@tessera/database';
import { keyPolicy } from './key-policy.js';
import { KeyRing } from './key-ring.js';
import { KeyRepository } from './key.repository.js';

/**
 * A key ring with a key in it, looked after from now on.
 *
 * @throws Error with a sentence for the operator
 */
export async function openKeyRing(options: {
  databaseUrl: string;
  /** Encrypts the private keys at rest. */
  secret: string;
  cacheAgeSeconds: number;
  rotationSeconds: number;
  tokenLifeSeconds: number;
}): Promise<KeyRing> {
  const db = createDatabaseClient({ url: options.databaseUrl, poolSize: 1 });
  const policy = keyPolicy(options);
  const ring = new KeyRing(new KeyRepository(db), { secret: options.secret, policy });
  try {
    await ring.refresh();
  } catch (error) {
    throw new Error('The signing keys cannot be read from the database: is it migrated?', {
      cause: error,
    });
  }
  void ring.keepFresh();
  return ring;
}
