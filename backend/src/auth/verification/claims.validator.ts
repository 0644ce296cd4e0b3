import type { AccessTokenClaims } from './access-token.claims.js';
import { accept, refuse, type Verdict } from './verdict.js';

const STRINGS = ['iss', 'sub', 'user_id', 'email', 'jti', 'sid'] as const;
const TIMES = ['iat', 'exp'] as const;

export interface ClaimExpectations {
  readonly issuer: string;
  readonly audience: string;
  readonly clockToleranceSeconds: number;
}

/**
 * Checks the claims of a token by type and value. Runs after the signature was verified.
 *
 * @param claims the decoded claims set, of which nothing is believed yet
 * @param now unix seconds
 */
export function validateClaims(
  claims: unknown,
  expected: ClaimExpectations,
  now: number,
): Verdict<AccessTokenClaims> {
  if (!isObject(claims)) return refuse('malformed_token');
  const flaw = findIllTypedClaim(claims);
  if (flaw !== undefined) {
    return refuse(claims[flaw] === undefined ? 'missing_claim' : 'invalid_claim', flaw);
  }
  // The types were checked just above, claim by claim.
  const typed = claims as unknown as AccessTokenClaims;
  if (typed.iss !== expected.issuer) return refuse('wrong_issuer');
  const audiences: readonly string[] = typeof typed.aud === 'string' ? [typed.aud] : typed.aud;
  if (!audiences.includes(expected.audience)) return refuse('wrong_audience');
  if (typed.sub !== typed.user_id) return refuse('invalid_claim', 'user_id');
  // RFC 7519, 4.1.4: "on or after" which the token must not be accepted.
  if (now - expected.clockToleranceSeconds >= typed.exp) return refuse('expired');
  if (typed.nbf !== undefined && now + expected.clockToleranceSeconds < typed.nbf) {
    return refuse('not_yet_valid');
  }
  return accept(typed);
}

function findIllTypedClaim(claims: Record<string, unknown>): string | undefined {
  const aud = claims['aud'];
  return (
    STRINGS.find((name) => !isText(claims[name])) ??
    TIMES.find((name) => !isTime(claims[name])) ??
    (isText(aud) || (Array.isArray(aud) && aud.every(isText)) ? undefined : 'aud') ??
    (claims['nbf'] === undefined || isTime(claims['nbf']) ? undefined : 'nbf')
  );
}

function isText(value: unknown): boolean {
  return typeof value === 'string' && value !== '';
}

/** Unix seconds; a number in text is none. */
function isTime(value: unknown): boolean {
  return Number.isFinite(value);
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
