import type { ResolvedSigningKey } from 'better-auth/plugins/jwt';

/** What signs an access token: the algorithm, the `kid` and the secret or private key. */
export type SigningKey = ResolvedSigningKey;

/** A public key, as it is published: exactly these members, none of which is secret (RFC 7517). */
export interface PublishedKey {
  kid: string;
  alg: string;
  use: 'sig';
  kty: string;
  crv: string;
  x: string;
  y: string;
}

export interface KeySet {
  keys: PublishedKey[];
  /** How long whoever fetched it may keep it without asking again. */
  maxAgeSeconds: number;
}

/** The keys of this issuer, in either mode. */
export interface SigningKeys {
  /** The key that signs now, or nothing while the database does not tell which. */
  current(): SigningKey | undefined;
  /** The public keys, or nothing while the database does not tell. Shared secrets are never published. */
  published?(): KeySet | undefined;
}

// Our server and Next's bundle hold two copies of this module; the keys are the process's.
const KEY = Symbol.for('tessera.signing-keys');
const registry = globalThis as { [KEY]?: SigningKeys };

export function shareSigningKeys(keys: SigningKeys): void {
  registry[KEY] = keys;
}

/** @throws Error outside our own server, which shares them before it listens */
export function sharedSigningKeys(): SigningKeys {
  const keys = registry[KEY];
  if (keys === undefined) throw new Error('The signing keys are not there: start src/server.ts');
  return keys;
}
