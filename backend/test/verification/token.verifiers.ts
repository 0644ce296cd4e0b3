import type { ClaimRules } from '../../src/auth/verification/claims.validator.js';
import { TokenVerifier } from '../../src/auth/verification/token.verifier.js';
import { NO_REVOCATION } from '../../src/auth/revocation/revocation.js';
import type { KeySet } from '../../src/auth/verification/key.set.js';
import { AUDIENCE, ISSUER } from '../support/token.minter.js';
import { NOW } from './token.draft.js';

export const RULES: ClaimRules = {
  issuer: ISSUER,
  audience: AUDIENCE,
  clockToleranceSeconds: 5,
  maxLifeSeconds: 900,
  requiredTexts: ['user_id', 'email', 'jti', 'sid'],
  optionalTexts: [],
  sameAsSubject: 'user_id',
};

/** The kernel as a request meets it; unless told otherwise, its clock stands still. */
export function verifierOf(keys: KeySet, cacheSize = 0, now = () => NOW * 1000): TokenVerifier {
  return new TokenVerifier(keys, {
    rules: RULES,
    cacheSize,
    now,
    revocation: NO_REVOCATION,
    toSessionId: (claims) => claims.sid,
    toPrincipal: (claims) => ({
      userId: claims.user_id,
      email: claims.email,
      sessionId: claims.sid,
      tokenId: claims.jti,
      issuedAt: claims.iat,
      expiresAt: claims.exp,
    }),
  });
}
