import { keyIdOfSecret } from '@tessera/database/contract';
import type { SigningKey, SigningKeys } from '../../lib/auth/signing-keys.js';

/** Signs HS256 by the secret's UTF-8 bytes (FR-011). The secret can be replaced while tokens are signed. */
export class SharedSecret implements SigningKeys {
  #key: SigningKey;

  constructor(secret: string) {
    this.#key = keyOf(secret);
  }

  current(): SigningKey {
    return this.#key;
  }

  /** The next token is signed with `secret`. */
  replace(secret: string): void {
    this.#key = keyOf(secret);
  }
}

function keyOf(secret: string): SigningKey {
  return {
    alg: 'HS256',
    kid: keyIdOfSecret(secret),
    privateKey: new TextEncoder().encode(secret),
  };
}
