/**
 * The claims of an access token whose signature and content were verified (FR-010). Of a foreign
 * issuer's token, `user_id`, `email`, `jti` and `sid` are what the option `claims` says of them.
 */
export interface AccessTokenClaims {
  readonly iss: string;
  readonly aud: string | readonly string[];
  readonly sub: string;
  /** The same id as `sub`. */
  readonly user_id: string;
  readonly email: string;
  /** Unix seconds, like `exp` and `nbf`. */
  readonly iat: number;
  readonly exp: number;
  readonly nbf?: number;
  readonly jti: string;
  /** The session that the token was issued for. */
  readonly sid: string;
  readonly [name: string]: unknown;
}
