import { Inject, Injectable } from '@nestjs/common';
import { PassportStrategy } from '@nestjs/passport';
import { BearerStrategy } from './bearer.strategy.js';
import type { Principal } from './principal.js';
import type { AccessTokenClaims } from './verification/access-token.claims.js';
import { TokenVerifier } from './verification/token.verifier.js';

/**
 * The passport strategy `jwt`. A subclass, provided in any module, may override {@link validate} to
 * refuse more (by throwing) or to add to the principal. It is called on every request with a token
 * that was verified before, and cannot accept one that was not.
 */
@Injectable()
export class JwtStrategy extends PassportStrategy(BearerStrategy, 'jwt') {
  constructor(@Inject(TokenVerifier) private readonly tokens: TokenVerifier) {
    super(tokens);
  }

  /** Maps verified claims to the principal. No I/O: the token says all there is to know. */
  validate(claims: AccessTokenClaims): Principal | Promise<Principal> {
    return this.tokens.principalOf(claims);
  }
}
