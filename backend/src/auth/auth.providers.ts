import { Logger } from '@nestjs/common';
import { JwtService } from '@nestjs/jwt';
import type { ResolvedAuthOptions } from './auth.options.js';
import { RevocationFeed } from './revocation/revocation.feed.js';
import { NO_REVOCATION, type Revocation } from './revocation/revocation.js';
import type { KeySet } from './verification/key.set.js';
import { RemoteKeys } from './verification/remote.keys.js';
import { SharedSecretKeys } from './verification/shared-secret.keys.js';
import { TokenVerifier } from './verification/token.verifier.js';

export function createKeySet({ keys }: ResolvedAuthOptions): KeySet {
  if ('secret' in keys) return new SharedSecretKeys(keys.secret, keys.acceptedSecrets);
  return new RemoteKeys({ ...keys, logger: new Logger('Keys') });
}

export function createRevocation(options: ResolvedAuthOptions): Revocation {
  const { maxTokenLifeSeconds, revocation } = options;
  if (revocation === 'none') return NO_REVOCATION;
  const logger = new Logger('Revocation');
  return new RevocationFeed({ ...revocation, maxTokenLifeSeconds, logger });
}

export function createTokenVerifier(
  options: ResolvedAuthOptions,
  keys: KeySet,
  revocation: Revocation,
): TokenVerifier {
  const { issuer, audience, clockToleranceSeconds, maxTokenLifeSeconds, claims } = options;
  return new TokenVerifier(keys, {
    rules: {
      issuer,
      audience,
      clockToleranceSeconds,
      maxLifeSeconds: maxTokenLifeSeconds,
      requiredTexts: claims.requiredTexts,
      optionalTexts: claims.optionalTexts,
      sameAsSubject: claims.sameAsSubject,
    },
    toPrincipal: claims.toPrincipal,
    toSessionId: claims.toSessionId,
    revocation,
    cacheSize: options.verifiedTokenCacheSize,
    now: options.now,
  });
}

/**
 * For tests and tools that mint; requests are verified by {@link TokenVerifier}. Signs with the secret
 * that is in use at the moment. In JWKS mode the API holds no key that signs.
 */
export function createJwtService(options: ResolvedAuthOptions, keys: KeySet): JwtService {
  const { issuer, audience } = options;
  if (!(keys instanceof SharedSecretKeys)) return new JwtService();
  return new JwtService({
    secretOrKeyProvider: () => keys.signing.keyObject,
    signOptions: {
      algorithm: 'HS256',
      issuer,
      audience,
      get keyid() {
        return keys.signing.id;
      },
    },
    verifyOptions: { algorithms: ['HS256'], issuer, audience },
  });
}
