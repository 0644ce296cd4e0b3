import { createPublicKey, type KeyObject } from 'node:crypto';
import type { AsymmetricAlgorithm } from './asymmetric.key.js';
import type { JsonObject } from './strict-json.parser.js';

/** A key as its issuer publishes it. */
export interface PublishedKey {
  readonly kid: string;
  readonly algorithm: AsymmetricAlgorithm;
  readonly publicKey: KeyObject;
}

/** Why an entry of a key set is no key for us, in words for the log. */
export type JsonWebKeyFlaw =
  | 'is a private key, which everybody knows now'
  | 'is not for signatures'
  | 'is of no algorithm that is accepted here'
  | 'has malformed members'
  | 'is weak';

export type ParsedJsonWebKey =
  | { readonly ok: true; readonly key: PublishedKey }
  | { readonly ok: false; readonly kid: string | undefined; readonly flaw: JsonWebKeyFlaw };

const MAX_KID_LENGTH = 256;
const MIN_RSA_BITS = 2048;
/** What is longer, or has a longer exponent, protects no better and makes each verification slow. */
const MAX_RSA_BITS = 8192;
const MAX_RSA_EXPONENT = 2n ** 64n;
/** FIPS 186-5, A.1.1; with 1 anybody could sign. */
const MIN_RSA_EXPONENT = 65_537n;

const PRIVATE_MEMBERS = ['d', 'p', 'q', 'dp', 'dq', 'qi', 'oth', 'k'];

interface KeyKind {
  readonly algorithm: AsymmetricAlgorithm;
  readonly kty: 'EC' | 'OKP' | 'RSA';
  readonly crv?: 'P-256' | 'Ed25519';
  /** The members that are the key (RFC 7518, 6; RFC 8037, 2). */
  readonly members: readonly string[];
}

/** An RSA key that does not say `alg` is the first of its two kinds. */
const KINDS: readonly KeyKind[] = [
  { algorithm: 'ES256', kty: 'EC', crv: 'P-256', members: ['x', 'y'] },
  { algorithm: 'EdDSA', kty: 'OKP', crv: 'Ed25519', members: ['x'] },
  { algorithm: 'RS256', kty: 'RSA', members: ['n', 'e'] },
  { algorithm: 'PS256', kty: 'RSA', members: ['n', 'e'] },
];

/**
 * Makes a key of an entry of a key set, with the one algorithm that it will ever verify: its `alg`,
 * or without one what its kind of key is used for.
 *
 * @returns what is wrong with an entry that is no key for us; nothing of the key itself
 * @see https://www.rfc-editor.org/rfc/rfc7517#section-4
 */
export function parseJsonWebKey(entry: unknown): ParsedJsonWebKey {
  if (typeof entry !== 'object' || entry === null)
    return flawed(undefined, 'has malformed members');
  const jwk = entry as JsonObject;
  const kid = isKeyId(jwk['kid']) ? jwk['kid'] : undefined;
  // First of all, so that nothing else about such a key hides it.
  if (PRIVATE_MEMBERS.some((member) => Object.hasOwn(jwk, member))) {
    return flawed(kid, 'is a private key, which everybody knows now');
  }
  if (!isForSignatures(jwk)) return flawed(kid, 'is not for signatures');
  const kind = KINDS.find((each) => isOfKind(jwk, each));
  if (kind === undefined) return flawed(kid, 'is of no algorithm that is accepted here');
  const publicKey = importKey(jwk, kind);
  if (kid === undefined || publicKey === undefined) return flawed(kid, 'has malformed members');
  if (isWeak(publicKey)) return flawed(kid, 'is weak');
  return { ok: true, key: { kid, algorithm: kind.algorithm, publicKey } };
}

const flawed = (kid: string | undefined, flaw: JsonWebKeyFlaw): ParsedJsonWebKey => ({
  ok: false,
  kid,
  flaw,
});

function isKeyId(value: unknown): value is string {
  return typeof value === 'string' && value !== '' && value.length <= MAX_KID_LENGTH;
}

function isForSignatures({ use, key_ops: operations }: JsonObject): boolean {
  if (use !== undefined && use !== 'sig') return false;
  return operations === undefined || (Array.isArray(operations) && operations.includes('verify'));
}

function isOfKind(jwk: JsonObject, { algorithm, kty, crv }: KeyKind): boolean {
  if (jwk['kty'] !== kty || (crv !== undefined && jwk['crv'] !== crv)) return false;
  return jwk['alg'] === undefined || jwk['alg'] === algorithm;
}

/** The key, if its members are spelled as the RFC says; of an EC key the point is on the curve. */
function importKey(jwk: JsonObject, { kty, crv, members }: KeyKind): KeyObject | undefined {
  try {
    const given = Object.fromEntries(members.map((member) => [member, jwk[member]]));
    const publicKey = createPublicKey({ key: { ...given, kty, crv }, format: 'jwk' });
    // Node forgives padding, line breaks, leading zeros and more; what it writes is canonical.
    const canonical: JsonObject = publicKey.export({ format: 'jwk' });
    return members.every((member) => canonical[member] === jwk[member]) ? publicKey : undefined;
  } catch {
    return undefined;
  }
}

function isWeak({ asymmetricKeyType, asymmetricKeyDetails }: KeyObject): boolean {
  if (asymmetricKeyType !== 'rsa') return false;
  const { modulusLength: bits = 0, publicExponent: exponent = 0n } = asymmetricKeyDetails ?? {};
  if (bits < MIN_RSA_BITS || bits > MAX_RSA_BITS) return true;
  return exponent < MIN_RSA_EXPONENT || exponent > MAX_RSA_EXPONENT || exponent % 2n === 0n;
}
