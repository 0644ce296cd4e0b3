import { Strategy } from 'passport-jwt';
import { authenticateBearer } from './bearer.authenticator.js';
import { toRefusal } from './refusal.exception.js';
import type { AccessTokenClaims } from './verification/access-token.claims.js';
import type { TokenVerifier } from './verification/token.verifier.js';

type Done = (error: unknown, user?: object | false | null, info?: object) => void;

/**
 * passport-jwt's strategy with its verification replaced: jsonwebtoken, which it asks, takes tokens
 * without `exp`, ignores `crit`, lets an array pass for claims and knows no EdDSA.
 */
export class BearerStrategy extends Strategy {
  constructor(
    private readonly verifier: TokenVerifier,
    private readonly check: (claims: AccessTokenClaims, done: Done) => void,
  ) {
    super(
      {
        // What passport-jwt would verify by, if `authenticate` below were not there: nothing.
        jwtFromRequest: () => null,
        secretOrKeyProvider: (_request, _token, done) => done(new Error('unused')),
      },
      (_claims: unknown, done: Done) => done(null, false),
    );
  }

  override authenticate(request: object): void {
    void this.decide(request).catch((error: unknown) => this.error(toError(error)));
  }

  private async decide(request: object): Promise<void> {
    const verdict = await authenticateBearer(request, this.verifier);
    // Passport's types want a challenge; its callers, Nest's AuthGuard among them, take any info.
    if (!verdict.ok) return this.fail(toRefusal(verdict) as never);
    this.check(verdict.value.claims, (error, user, info) => {
      if (error) return this.error(toError(error));
      if (!user) return this.fail(info as never);
      return this.success(user, info);
    });
  }
}

const toError = (error: unknown): Error => (error instanceof Error ? error : new Error('unknown'));
