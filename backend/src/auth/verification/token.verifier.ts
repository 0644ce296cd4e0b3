import type { Principal } from '../principal.js';
import type { Revocation } from '../revocation/revocation.js';
import type { AccessTokenClaims } from './access-token.claims.js';
import { validateClaims, validateTimes, type ClaimRules } from './claims.validator.js';
import {
  MAX_TOKEN_BYTES,
  parseCompactToken,
  type CompactToken,
  type TokenHeader,
} from './compact-token.parser.js';
import type { KeySet } from './key.set.js';
import { accept, refuse, type Verdict } from './verdict.js';
import type { VerificationKey } from './verification.key.js';
import { VerifiedTokenCache } from './verified-token.cache.js';

/** A token that is good at this moment. Frozen: all requests that bring the token share it. */
export interface VerifiedToken {
  readonly claims: AccessTokenClaims;
  readonly principal: Principal;
}

interface RememberedToken extends VerifiedToken {
  readonly sessionId: string;
  readonly kid: string | undefined;
  readonly key: VerificationKey;
}

export interface VerificationOptions {
  readonly rules: ClaimRules;
  readonly toPrincipal: (claims: AccessTokenClaims) => Principal;
  /** The session of a token, as what it is revoked. */
  readonly toSessionId: (claims: AccessTokenClaims) => string;
  readonly revocation: Revocation;
  /** How many verified tokens are remembered; 0 for none. */
  readonly cacheSize: number;
  /** The current time in milliseconds. */
  readonly now: () => number;
}

/** Far more than an issuer has keys; beyond, headers are simply parsed each time. */
const MAX_KNOWN_HEADERS = 100;

/**
 * Decides whether a string is an access token of ours: form, key, signature, claims, in this order, and
 * then, each time it is brought, whether its session still is.
 */
export class TokenVerifier {
  private readonly cache: VerifiedTokenCache<RememberedToken>;
  /** Headers of accepted tokens; no stranger can fill it. */
  private readonly headers = new Map<string, TokenHeader>();

  constructor(
    private readonly keys: KeySet,
    private readonly options: VerificationOptions,
  ) {
    this.cache = new VerifiedTokenCache(options.cacheSize);
  }

  /**
   * @param token what followed `Bearer`
   * @returns the verdict; a promise of it only while the key has to be fetched
   * @throws KeysUnavailableError when keys cannot be had, which says nothing about the token
   * @throws RevocationUnavailableError when the token is good, unless it was revoked, which nobody can say
   */
  verify(token: string): Verdict<VerifiedToken> | Promise<Verdict<VerifiedToken>> {
    if (token.length > MAX_TOKEN_BYTES) return refuse('oversized_token');
    const digest = this.cache.digestOf(token);
    const known = this.cache.get(digest);
    if (known === undefined) return this.verifyUnknown(token, digest);
    const key = this.keys.find(known.kid);
    if (key === known.key) return this.judgeAgain(known, digest);
    this.cache.delete(digest);
    return this.verifyUnknown(token, digest, key);
  }

  /** The principal that verified claims speak of. Frozen. */
  principalOf(claims: AccessTokenClaims): Principal {
    return deepFreeze(this.options.toPrincipal(claims));
  }

  private judgeAgain(known: RememberedToken, digest: string): Verdict<VerifiedToken> {
    const times = validateTimes(known.claims, this.options.rules, this.seconds());
    const verdict = times.ok ? this.unlessRevoked(known) : times;
    if (!verdict.ok) this.cache.delete(digest);
    return verdict;
  }

  private unlessRevoked(token: RememberedToken): Verdict<VerifiedToken> {
    if (!this.options.revocation.isRevoked(token.sessionId)) return accept(token);
    return { ok: false, code: 'revoked', principal: token.principal };
  }

  private verifyUnknown(
    token: string,
    digest: string,
    found?: ReturnType<KeySet['find']>,
  ): Verdict<VerifiedToken> | Promise<Verdict<VerifiedToken>> {
    const parsed = parseCompactToken(token, this.headers);
    if (!parsed.ok) return parsed;
    const key = found ?? this.keys.find(parsed.value.header.kid);
    return key instanceof Promise
      ? key.then((fetched) => this.verifyBy(fetched, parsed.value, digest))
      : this.verifyBy(key, parsed.value, digest);
  }

  private verifyBy(
    key: VerificationKey | undefined,
    { headerSegment, header, claims, signingInput, signature }: CompactToken,
    digest: string,
  ): Verdict<VerifiedToken> {
    if (key === undefined) return refuse('unknown_key');
    if (header.alg !== key.algorithm) return refuse('unsupported_algorithm');
    if (!key.verifies(signingInput, signature)) return refuse('bad_signature');
    const valid = validateClaims(claims, this.options.rules, this.seconds());
    if (!valid.ok) return valid;
    const sessionId = this.options.toSessionId(valid.value);
    const principal = this.principalOf(deepFreeze(valid.value));
    const { kid } = header;
    const verified = Object.freeze({ claims: valid.value, principal, sessionId, kid, key });
    const verdict = this.unlessRevoked(verified);
    if (!verdict.ok) return verdict;
    this.cache.set(digest, verified);
    this.rememberHeader(headerSegment, header);
    return verdict;
  }

  private rememberHeader(segment: string, header: TokenHeader): void {
    if (this.headers.has(segment) || this.headers.size >= MAX_KNOWN_HEADERS) return;
    // A copy, since a slice of a token would keep the whole token in memory.
    this.headers.set(Buffer.from(segment, 'latin1').toString('latin1'), header);
  }

  private seconds(): number {
    return Math.floor(this.options.now() / 1000);
  }
}

/** What one request's handler wrote would otherwise be read by the next one's. */
function deepFreeze<T extends object>(value: T): T {
  Object.freeze(value);
  for (const name in value) {
    const member = value[name];
    if (typeof member === 'object' && member !== null && !Object.isFrozen(member)) {
      deepFreeze(member);
    }
  }
  return value;
}
