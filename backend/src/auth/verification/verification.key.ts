/** The signature algorithms there are here (RFC 7518, 3.1; RFC 8037, 3.1). */
export type SignatureAlgorithm = 'HS256' | 'ES256' | 'RS256' | 'PS256' | 'EdDSA';

/**
 * A key with the one algorithm that it may be used with. A token's `alg` is compared with it and
 * never chooses anything (RFC 8725, 3.1).
 */
export interface VerificationKey {
  readonly algorithm: SignatureAlgorithm;
  /**
   * Whether the signature is this key's. Never throws on account of what it is given.
   *
   * @param signingInput header and claims as they stand in the token, ASCII
   * @see https://www.rfc-editor.org/rfc/rfc7515#section-5.2
   */
  verifies(signingInput: string, signature: Buffer): boolean;
}
