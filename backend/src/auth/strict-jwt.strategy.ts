import { Strategy } from 'passport-jwt';
import type { ResolvedAuthOptions } from './auth.options.js';
import { RefusalException } from './refusal.exception.js';
import type { AccessTokenClaims } from './verification/access-token.claims.js';
import { readBearerToken } from './verification/bearer-token.reader.js';
import { validateClaims } from './verification/claims.validator.js';
import { SharedSecretKeys } from './verification/shared-secret.keys.js';
import { parseTokenHeader } from './verification/token-header.parser.js';
import type { Verdict } from './verification/verdict.js';

const ALGORITHM = 'HS256';

type Done = (error: unknown, user?: unknown, info?: unknown) => void;

/**
 * passport-jwt for the signature, our own strict checks for everything around it: jsonwebtoken on
 * its own takes tokens without `exp`, ignores `crit` and lets an array pass for claims.
 */
export class StrictJwtStrategy extends Strategy {
  constructor(
    options: ResolvedAuthOptions,
    verify: (claims: AccessTokenClaims, done: Done) => void,
  ) {
    const keys = new SharedSecretKeys(options.secret, options.acceptedSecrets);
    super(
      {
        jwtFromRequest: (request) => required(readBearerToken(rawHeadersOf(request))),
        secretOrKeyProvider: (_request, token: string, done) => {
          const header = parseTokenHeader(token, ALGORITHM);
          if (!header.ok) return done(toRefusal(header));
          const key = keys.find(header.value.kid);
          // The types know strings and Buffers only; jsonwebtoken takes a KeyObject, the fast way.
          done(key ? null : new RefusalException('unknown_key'), key as unknown as Buffer);
        },
        algorithms: [ALGORITHM],
        // Times are judged below, with the other claims, by one clock.
        ignoreExpiration: true,
        jsonWebTokenOptions: { ignoreNotBefore: true },
      },
      (claims: unknown, done: Done) => {
        const verdict = validateClaims(claims, options, Math.floor(options.now() / 1000));
        if (!verdict.ok) return done(null, false, toRefusal(verdict));
        verify(verdict.value, done);
      },
    );
  }
}

type Refused = Extract<Verdict<never>, { ok: false }>;

const toRefusal = (verdict: Refused) => new RefusalException(verdict.code, verdict.claim);

/** passport-jwt has no return value for "refused because"; its caller turns what is thrown into a rejection. */
function required<T>(verdict: Verdict<T>): T {
  if (!verdict.ok) throw toRefusal(verdict);
  return verdict.value;
}

/** Fastify wraps Node's request as `raw`, Express extends it. Without either there is no token. */
function rawHeadersOf(request: object): readonly string[] {
  const { raw, rawHeaders } = request as {
    raw?: { rawHeaders?: readonly string[] };
    rawHeaders?: readonly string[];
  };
  return raw?.rawHeaders ?? rawHeaders ?? [];
}
