import type { SigningKeys } from '../../lib/auth/signing-keys.js';
import type { WebEnvironment } from '../../lib/env.js';
import { SharedSecret } from './shared-secret.js';

/**
 * The keys that this process signs with, in the mode it is configured to.
 *
 * @throws Error with a sentence for the operator
 */
export async function openSigningKeys(environment: WebEnvironment): Promise<SigningKeys> {
  const { signing, accessToken, cookieSecret, databaseUrl } = environment;
  if (signing.mode === 'shared-secret') return new SharedSecret(signing.secret);
  // Loaded in this mode only: a tenth of a second, for Better Auth's encryption.
  const { openKeyRing } = await import('./open-key-ring.js');
  const tokenLifeSeconds = accessToken.lifeSeconds;
  return openKeyRing({ ...signing, databaseUrl, secret: cookieSecret, tokenLifeSeconds });
}
