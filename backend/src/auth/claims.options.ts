import { ConfigurationError } from '@tessera/database/contract';
import type { Principal } from './principal.js';
import type { AccessTokenClaims } from './verification/access-token.claims.js';

/** What the principal takes from a claim that an issuer may name as it likes. */
type NamedClaim = 'userId' | 'email' | 'sessionId' | 'tokenId';

/**
 * How to read the tokens of another issuer than Tessera's frontend. `iss`, `aud`, `sub`, `iat` and
 * `exp` have their meaning from RFC 7519 and are always required.
 */
export interface ClaimsOptions {
  /** Default `{ userId: 'user_id', email: 'email', sessionId: 'sid', tokenId: 'jti' }`. */
  readonly names?: Partial<Record<NamedClaim, string>>;
  /** Which of them a token must have, besides the user's id. Default: all. */
  readonly required?: readonly Exclude<NamedClaim, 'userId'>[];
  /**
   * Makes the principal; called once per token, so without I/O. What it takes from a claim beyond
   * `principal` it must check itself: of other claims only the signature was verified.
   *
   * @param principal as it would be without this option
   */
  readonly toPrincipal?: (claims: AccessTokenClaims, principal: Principal) => Principal;
}

export interface ResolvedClaims {
  readonly requiredTexts: readonly string[];
  readonly optionalTexts: readonly string[];
  /** The claim that must equal `sub`. */
  readonly sameAsSubject: string;
  readonly toPrincipal: (claims: AccessTokenClaims) => Principal;
  readonly toSessionId: (claims: AccessTokenClaims) => string;
}

const OWN_NAMES = { userId: 'user_id', email: 'email', sessionId: 'sid', tokenId: 'jti' } as const;
const ALL = ['email', 'sessionId', 'tokenId'] as const;

/** @throws ConfigurationError naming the option that is wrong */
export function resolveClaims(options: ClaimsOptions = {}): ResolvedClaims {
  const names = { ...OWN_NAMES, ...options.names };
  for (const [role, name] of Object.entries(names)) {
    if (typeof name === 'string' && name !== '') continue;
    throw new ConfigurationError(
      `AuthModule option claims.names.${role}: must be a non-empty string`,
    );
  }
  const required = new Set<string>(options.required ?? ALL);
  const read = principalReader(names);
  const { toPrincipal } = options;
  return {
    requiredTexts: [names.userId, ...ALL.filter((role) => required.has(role)).map((r) => names[r])],
    optionalTexts: ALL.filter((role) => !required.has(role)).map((role) => names[role]),
    // Ours say the id twice (FR-010). Where another claim holds the id, `sub` may be another one.
    sameAsSubject: names.userId === OWN_NAMES.userId ? OWN_NAMES.userId : 'sub',
    toPrincipal: toPrincipal ? (claims) => toPrincipal(claims, read(claims)) : read,
    toSessionId: (claims) => text(claims[names.sessionId]),
  };
}

/** The claims are verified: what is no string here is absent, and was allowed to be. */
const text = (value: unknown): string => (typeof value === 'string' ? value : '');

function principalReader(names: Record<NamedClaim, string>) {
  return (claims: AccessTokenClaims): Principal => ({
    userId: text(claims[names.userId]),
    email: text(claims[names.email]),
    sessionId: text(claims[names.sessionId]),
    tokenId: text(claims[names.tokenId]),
    issuedAt: claims.iat,
    expiresAt: claims.exp,
  });
}
