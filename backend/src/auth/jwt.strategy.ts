import { Inject, Injectable } from '@nestjs/common';
import { PassportStrategy } from '@nestjs/passport';
import { AUTH_OPTIONS, type ResolvedAuthOptions } from './auth.options.js';
import type { Principal } from './principal.js';
import { StrictJwtStrategy } from './strict-jwt.strategy.js';
import type { AccessTokenClaims } from './verification/access-token.claims.js';

/**
 * The passport strategy `jwt`. A subclass may override {@link validate} to refuse more (by throwing)
 * or to add to the principal; the token was verified before, and cannot be accepted by it.
 */
@Injectable()
export class JwtStrategy extends PassportStrategy(StrictJwtStrategy, 'jwt') {
  constructor(@Inject(AUTH_OPTIONS) options: ResolvedAuthOptions) {
    super(options);
  }

  /** Maps verified claims to the principal. No I/O: the token says all there is to know. */
  validate(claims: AccessTokenClaims): Principal | Promise<Principal> {
    return {
      userId: claims.user_id,
      email: claims.email,
      sessionId: claims.sid,
      tokenId: claims.jti,
      issuedAt: claims.iat,
      expiresAt: claims.exp,
    };
  }
}
