import { randomBytes } from 'node:crypto';
import { symmetricDecrypt, symmetricEncrypt } from 'better-auth/crypto';
import { exportJWK, generateKeyPair, importJWK } from 'jose';
import type { PublishedKey, SigningKey } from '../../lib/auth/signing-keys.js';

export const ALGORITHM = 'ES256';

/** A row of Better Auth's table `jwks`, the private key encrypted as its jwt plugin does it. */
export interface StoredKey {
  /** The `kid`. */
  id: string;
  /** JSON of the public JWK. */
  publicKey: string;
  privateKey: string;
}

/** Generates a key pair. @param secret encrypts the private key */
export async function createStoredKey(secret: string): Promise<StoredKey> {
  const pair = await generateKeyPair(ALGORITHM, { extractable: true });
  const data = JSON.stringify(await exportJWK(pair.privateKey));
  return {
    id: randomBytes(12).toString('base64url'),
    publicKey: JSON.stringify(await exportJWK(pair.publicKey)),
    privateKey: JSON.stringify(await symmetricEncrypt({ key: secret, data })),
  };
}

/** Decrypts the private key. @returns undefined when it was encrypted with another secret */
export async function openStoredKey(
  { id, privateKey }: StoredKey,
  secret: string,
): Promise<SigningKey | undefined> {
  let data: string;
  try {
    data = await symmetricDecrypt({ key: secret, data: String(JSON.parse(privateKey)) });
  } catch {
    return undefined;
  }
  return { alg: ALGORITHM, kid: id, privateKey: await importJWK(JSON.parse(data), ALGORITHM) };
}

/** The public half, member by member: whatever else a row may hold is not published. */
export function toPublishedKey({ id, publicKey }: StoredKey): PublishedKey {
  const { kty, crv, x, y } = JSON.parse(publicKey) as PublishedKey;
  return { kid: id, alg: ALGORITHM, use: 'sig', kty, crv, x, y };
}
