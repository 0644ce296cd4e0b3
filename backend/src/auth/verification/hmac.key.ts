import { createHmac, createSecretKey, timingSafeEqual, type KeyObject } from 'node:crypto';
import { keyIdOfSecret } from '@tessera/database/contract';
import type { VerificationKey } from './verification.key.js';

/** A shared secret, by its UTF-8 bytes (FR-011). The KeyObject is made once: it is what costs. */
export class HmacKey implements VerificationKey {
  readonly algorithm = 'HS256';
  readonly id: string;
  readonly keyObject: KeyObject;

  constructor(secret: string) {
    this.id = keyIdOfSecret(secret);
    this.keyObject = createSecretKey(Buffer.from(secret));
  }

  verifies(signingInput: string, signature: Buffer): boolean {
    const digest = createHmac('sha256', this.keyObject).update(signingInput).digest('binary');
    // By way of a string, since a Buffer from Node's pool costs less than the one that digest() makes.
    const expected = Buffer.from(digest, 'latin1');
    return expected.length === signature.length && timingSafeEqual(expected, signature);
  }
}
