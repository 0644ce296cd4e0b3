import {
  constants,
  createHmac,
  createSecretKey,
  generateKeyPairSync,
  sign,
  type KeyObject,
  type SignKeyObjectInput,
} from 'node:crypto';
import { AsymmetricKey } from '../../src/auth/verification/asymmetric.key.js';
import type { KeySet } from '../../src/auth/verification/key.set.js';
import { SharedSecretKeys } from '../../src/auth/verification/shared-secret.keys.js';
import type {
  SignatureAlgorithm,
  VerificationKey,
} from '../../src/auth/verification/verification.key.js';
import { FOREIGN_SECRET, SECRET } from '../support/token.minter.js';

/** An issuer with one key, and the key set that knows it. */
export interface TokenSigner {
  readonly algorithm: SignatureAlgorithm;
  readonly kid: string;
  readonly keys: KeySet;
  readonly privateKey: KeyObject;
  /** What a verifier needs: the public key, or the secret. */
  readonly publicKey: KeyObject;
  /** A key of the same kind that the key set does not know. */
  readonly foreignKey: KeyObject;
}

const PSS = { padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: 32 };
const OPTIONS: Record<Exclude<SignatureAlgorithm, 'HS256'>, Omit<SignKeyObjectInput, 'key'>> = {
  ES256: { dsaEncoding: 'ieee-p1363' },
  RS256: {},
  PS256: PSS,
  EdDSA: {},
};

/** Signs as RFC 7518 and RFC 8037 say, without the code under test. */
export function signWith(algorithm: SignatureAlgorithm, key: KeyObject, input: string): Buffer {
  if (algorithm === 'HS256') return createHmac('sha256', key).update(input).digest();
  const hash = algorithm === 'EdDSA' ? null : 'sha256';
  return sign(hash, Buffer.from(input), { key, ...OPTIONS[algorithm] });
}

class OneKey implements KeySet {
  constructor(
    private readonly kid: string,
    private readonly key: VerificationKey,
  ) {}

  find(kid: string | undefined): VerificationKey | undefined {
    return kid === this.kid ? this.key : undefined;
  }
}

type Kind = 'ec' | 'rsa' | 'ed';
type Pair = ReturnType<typeof newPair>;

function newPair(kind: Kind) {
  if (kind === 'ec') return generateKeyPairSync('ec', { namedCurve: 'P-256' });
  if (kind === 'ed') return generateKeyPairSync('ed25519');
  return generateKeyPairSync('rsa', { modulusLength: 2048 });
}

// Made once per run, and only where it is used: an RSA key takes longer than all tokens of a table.
const pairs = new Map<string, Pair>();
function pairOf(kind: Kind, owner: 'issuer' | 'stranger'): Pair {
  const name = `${kind} of ${owner}`;
  const pair = pairs.get(name) ?? newPair(kind);
  pairs.set(name, pair);
  return pair;
}

class AsymmetricSigner implements TokenSigner {
  readonly kid: string;
  private known: KeySet | undefined;

  constructor(
    readonly algorithm: Exclude<SignatureAlgorithm, 'HS256'>,
    private readonly kind: Kind,
  ) {
    this.kid = `key-${algorithm}`;
  }

  get keys(): KeySet {
    this.known ??= new OneKey(this.kid, new AsymmetricKey(this.algorithm, this.publicKey));
    return this.known;
  }

  get privateKey(): KeyObject {
    return pairOf(this.kind, 'issuer').privateKey;
  }

  get publicKey(): KeyObject {
    return pairOf(this.kind, 'issuer').publicKey;
  }

  get foreignKey(): KeyObject {
    return pairOf(this.kind, 'stranger').privateKey;
  }
}

function shared(): TokenSigner {
  const keys = new SharedSecretKeys(SECRET, []);
  const secret = createSecretKey(Buffer.from(SECRET));
  const foreignKey = createSecretKey(Buffer.from(FOREIGN_SECRET));
  const kid = keys.signing.id;
  return { algorithm: 'HS256', kid, keys, privateKey: secret, publicKey: secret, foreignKey };
}

export const signers: readonly TokenSigner[] = [
  shared(),
  new AsymmetricSigner('ES256', 'ec'),
  new AsymmetricSigner('RS256', 'rsa'),
  new AsymmetricSigner('PS256', 'rsa'),
  new AsymmetricSigner('EdDSA', 'ed'),
];
