/**
 * How a refusal looks from outside. The challenge is the `WWW-Authenticate` header.
 *
 * - `none`: RFC 6750, 3.1: where the request carries no authentication information at all, the
 *   challenge should carry no error code either.
 * - `invalid`: "the access token provided is expired, revoked, malformed, or invalid for other
 *   reasons". The description is one sentence for all of them: which check failed is the operator's
 *   to know, not a forger's.
 *
 * @see https://www.rfc-editor.org/rfc/rfc6750#section-3
 */
const unauthenticated = {
  none: { status: 401, publicCode: 'missing_token', challenge: 'Bearer' },
  invalid: {
    status: 401,
    publicCode: 'invalid_token',
    challenge:
      'Bearer error="invalid_token", error_description="The access token is expired, revoked, malformed or not valid here"',
  },
} as const;

/** RFC 9110, 15.5.4: understood, credentials accepted, and still refused; other credentials would do. */
const forbidden = { status: 403, publicCode: 'forbidden', challenge: undefined } as const;

/**
 * Every reason for which a request is refused. The key goes to the log; status, `publicCode` and
 * challenge go to the client.
 */
export const refusals = {
  /** No `Authorization` header, or one of another scheme. */
  missing_token: unauthenticated.none,
  /** Several `Authorization` headers: nobody can say which one counts. */
  ambiguous_token: unauthenticated.invalid,
  /** The header is longer than any token of ours. */
  oversized_token: unauthenticated.invalid,
  /** Not three parts of canonical base64url, or no JSON objects inside (RFC 7519, 7.2). */
  malformed_token: unauthenticated.invalid,
  /** `alg` is not the one of the key that `kid` names; the token never chooses (RFC 8725, 3.1). */
  unsupported_algorithm: unauthenticated.invalid,
  /** `typ`, `crit` or a member that brings its own key (RFC 7515, 4.1). */
  unsupported_header: unauthenticated.invalid,
  /** `kid` names no key of ours. */
  unknown_key: unauthenticated.invalid,
  /** The signature is not the key's. */
  bad_signature: unauthenticated.invalid,
  /** On or after `exp` (RFC 7519, 4.1.4). */
  expired: unauthenticated.invalid,
  /** Before `nbf` (RFC 7519, 4.1.5). */
  not_yet_valid: unauthenticated.invalid,
  /** `iat` lies more than a minute ahead: the clocks of issuer and API disagree. */
  issued_in_future: unauthenticated.invalid,
  /** `exp` lies further from `iat` than any token may live. */
  excessive_life: unauthenticated.invalid,
  /** `iss` is another issuer. */
  wrong_issuer: unauthenticated.invalid,
  /** `aud` does not name this API. */
  wrong_audience: unauthenticated.invalid,
  /** A required claim is absent. */
  missing_claim: unauthenticated.invalid,
  /** A claim has the wrong type, or `sub` and `user_id` differ. */
  invalid_claim: unauthenticated.invalid,
  /** Its session has ended: signed out, ended from elsewhere, or by a new password or a ban. */
  revoked: unauthenticated.invalid,
  /** The application's own `validate()` gave no principal. */
  rejected: unauthenticated.invalid,
  /** The token is sound, but its user was deleted meanwhile. */
  owner_gone: unauthenticated.invalid,
  /** A sound token of one user on a route of another (FR-021). */
  foreign_owner: forbidden,
} as const;

export type RefusalCode = keyof typeof refusals;
