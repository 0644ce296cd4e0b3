import { keyPolicy } from '@/server/signing/key-policy';
import { KeyRing, type KeyRingOptions } from '@/server/signing/key-ring';
import { KeyRepository } from '@/server/signing/key.repository';
import type { PrismaClient } from '@tessera/database';

/** How the tests rotate: what a rotation waits for is made to have passed by {@link letTimePass}. */
export const ROTATION = { cacheAgeSeconds: 60, rotationSeconds: 600, tokenLifeSeconds: 30 };
export const POLICY = keyPolicy(ROTATION);

export const RING_SECRET = 'n5Wc7JrZ1xLm4Pd6Hs9q8yVY2bEoKk3T';

/** One instance's key ring, which looks at the database only when it is told to. */
export function createKeyRing(
  db: PrismaClient,
  { secret = RING_SECRET, policy = POLICY, now = () => 0 }: Partial<KeyRingOptions> = {},
): KeyRing {
  return new KeyRing(new KeyRepository(db), { secret, policy, now });
}
