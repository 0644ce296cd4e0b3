import type { AccessTokenClaims } from './access-token.claims.js';
import type { JsonObject } from './strict-json.parser.js';
import { accept, refuse, type Verdict } from './verdict.js';

/** What the claims of a good token are. */
export interface ClaimRules {
  readonly issuer: string;
  readonly audience: string;
  readonly clockToleranceSeconds: number;
  /** The longest `exp - iat`. */
  readonly maxLifeSeconds: number;
  /** Claims that must be non-empty strings; `iss` and `sub` always are. */
  readonly requiredTexts: readonly string[];
  /** Claims that must be non-empty strings where they are present. */
  readonly optionalTexts: readonly string[];
  /** The claim that must say the same as `sub`. */
  readonly sameAsSubject: string;
}

/** An issuer's clock may be ahead of ours by this much; beyond, somebody must look at the clocks. */
const MAX_CLOCK_LEAD_SECONDS = 60;

/**
 * Checks the claims of a token by type and value. Runs after the signature was verified.
 *
 * @param now unix seconds
 */
export function validateClaims(
  claims: JsonObject,
  rules: ClaimRules,
  now: number,
): Verdict<AccessTokenClaims> {
  const flaw = findIllTypedClaim(claims, rules);
  if (flaw !== undefined) {
    return refuse(claims[flaw] === undefined ? 'missing_claim' : 'invalid_claim', flaw);
  }
  // The types were checked just above, claim by claim.
  const typed = claims as AccessTokenClaims;
  if (typed.iss !== rules.issuer) return refuse('wrong_issuer');
  if (!isFor(rules.audience, typed.aud)) return refuse('wrong_audience');
  if (typed.sub !== typed[rules.sameAsSubject]) {
    return refuse('invalid_claim', rules.sameAsSubject);
  }
  if (typed.exp - typed.iat > rules.maxLifeSeconds) return refuse('excessive_life');
  return validateTimes(typed, rules, now);
}

/** What time can change about a token that was accepted before. */
export function validateTimes(
  claims: AccessTokenClaims,
  { clockToleranceSeconds }: ClaimRules,
  now: number,
): Verdict<AccessTokenClaims> {
  // RFC 7519, 4.1.4: "on or after" which the token must not be accepted.
  if (now - clockToleranceSeconds >= claims.exp) return refuse('expired');
  if (claims.nbf !== undefined && now + clockToleranceSeconds < claims.nbf) {
    return refuse('not_yet_valid');
  }
  if (claims.iat > now + MAX_CLOCK_LEAD_SECONDS) return refuse('issued_in_future');
  return accept(claims);
}

function findIllTypedClaim(claims: JsonObject, rules: ClaimRules): string | undefined {
  if (!isText(claims['iss'])) return 'iss';
  if (!isText(claims['sub'])) return 'sub';
  for (const name of rules.requiredTexts) if (!isText(claims[name])) return name;
  for (const name of rules.optionalTexts) {
    if (claims[name] !== undefined && !isText(claims[name])) return name;
  }
  const { aud, iat, exp, nbf } = claims;
  if (!isText(aud) && !(Array.isArray(aud) && aud.every(isText))) return 'aud';
  if (!Number.isFinite(iat)) return 'iat';
  if (!Number.isFinite(exp)) return 'exp';
  return nbf === undefined || Number.isFinite(nbf) ? undefined : 'nbf';
}

/** RFC 7519, 4.1.3: one audience, or several of which we must be one. */
function isFor(audience: string, aud: AccessTokenClaims['aud']): boolean {
  return typeof aud === 'string' ? aud === audience : aud.includes(audience);
}

function isText(value: unknown): boolean {
  return typeof value === 'string' && value !== '' && isStorable(value);
}

/**
 * Without NUL, which PostgreSQL's text cannot hold, and without halves of a surrogate pair, which all
 * become the same character on their way to it: two ids would be one.
 */
function isStorable(text: string): boolean {
  return text.isWellFormed() && !text.includes('\0');
}
