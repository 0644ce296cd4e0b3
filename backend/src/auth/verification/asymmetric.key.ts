import { constants, verify, type KeyObject, type VerifyKeyObjectInput } from 'node:crypto';
import type { SignatureAlgorithm, VerificationKey } from './verification.key.js';

export type AsymmetricAlgorithm = Exclude<SignatureAlgorithm, 'HS256'>;

interface Scheme {
  /** `null` where the signature scheme brings its own (RFC 8032). */
  readonly hash: 'sha256' | null;
  readonly options: Omit<VerifyKeyObjectInput, 'key'>;
}

const SCHEMES: Record<AsymmetricAlgorithm, Scheme> = {
  // RFC 7518, 3.4: R and S side by side, not DER.
  ES256: { hash: 'sha256', options: { dsaEncoding: 'ieee-p1363' } },
  RS256: { hash: 'sha256', options: { padding: constants.RSA_PKCS1_PADDING } },
  PS256: {
    hash: 'sha256',
    options: {
      padding: constants.RSA_PKCS1_PSS_PADDING,
      // RFC 7518, 3.5: as long as the hash, no other length.
      saltLength: constants.RSA_PSS_SALTLEN_DIGEST,
    },
  },
  EdDSA: { hash: null, options: {} },
};

/** Two numbers of 32 bytes, with P-256 as with Ed25519. */
const CURVE_BYTES = 64;

/** A public key of another party, the issuer. */
export class AsymmetricKey implements VerificationKey {
  private readonly hash: Scheme['hash'];
  private readonly signatureBytes: number;
  private readonly input: VerifyKeyObjectInput;

  constructor(
    readonly algorithm: AsymmetricAlgorithm,
    publicKey: KeyObject,
  ) {
    const { hash, options } = SCHEMES[algorithm];
    this.hash = hash;
    this.input = { ...options, key: publicKey };
    const { modulusLength } = publicKey.asymmetricKeyDetails ?? {};
    this.signatureBytes = modulusLength === undefined ? CURVE_BYTES : Math.ceil(modulusLength / 8);
  }

  verifies(signingInput: string, signature: Buffer): boolean {
    // OpenSSL takes a PSS signature without its leading zeros, a second spelling (RFC 8017, 8.1.2).
    if (signature.length !== this.signatureBytes) return false;
    return verify(this.hash, Buffer.from(signingInput, 'latin1'), this.input, signature);
  }
}
