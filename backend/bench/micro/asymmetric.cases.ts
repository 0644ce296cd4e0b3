import {
  constants,
  generateKeyPairSync,
  sign,
  verify,
  type KeyPairKeyObjectResult,
  type SignKeyObjectInput,
} from 'node:crypto';
import { AsymmetricKey, type AsymmetricAlgorithm } from '#api/auth/verification/asymmetric.key.js';
import { claims, signingInput } from '../tokens.js';
import { createVerifier, parseSegment, verifying, type Case } from './verification.case.js';

const PAIRS: Record<AsymmetricAlgorithm, () => KeyPairKeyObjectResult> = {
  ES256: () => generateKeyPairSync('ec', { namedCurve: 'P-256' }),
  EdDSA: () => generateKeyPairSync('ed25519'),
  RS256: () => generateKeyPairSync('rsa', { modulusLength: 2048 }),
  PS256: () => generateKeyPairSync('rsa', { modulusLength: 2048 }),
};

/** As RFC 7518 wants each algorithm; written here once more, so as not to ask the kernel. */
const SCHEMES: Record<AsymmetricAlgorithm, Omit<SignKeyObjectInput, 'key'>> = {
  ES256: { dsaEncoding: 'ieee-p1363' },
  EdDSA: {},
  RS256: {},
  PS256: { padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: 32 },
};

/** The bare cryptography of an algorithm, and our verification of the same token by the same key. */
export function asymmetricCases(algorithm: AsymmetricAlgorithm): {
  bare: Case;
  plain: Case;
  cold: Case;
} {
  const { privateKey, publicKey } = PAIRS[algorithm]();
  const hash = algorithm === 'EdDSA' ? null : 'sha256';
  const input = Buffer.from(signingInput({ alg: algorithm, kid: 'k', typ: 'JWT' }, claims()));
  const signature = sign(hash, input, { ...SCHEMES[algorithm], key: privateKey });
  const key = { ...SCHEMES[algorithm], key: publicKey };
  const ours = new AsymmetricKey(algorithm, publicKey);
  const token = `${input.toString()}.${signature.toString('base64url')}`;
  return {
    bare: {
      title: `limit: crypto.verify, ${algorithm}`,
      run: () => verify(hash, input, key, signature),
      expected: true,
    },
    plain: {
      title: `limit: crypto.verify + 2 JSON.parse, ${algorithm}`,
      run: () => {
        const [header, set, last = ''] = token.split('.');
        const bytes = Buffer.from(`${header}.${set}`);
        if (!verify(hash, bytes, key, Buffer.from(last, 'base64url'))) return false;
        return parseSegment(header) !== undefined && parseSegment(set) !== undefined;
      },
      expected: true,
    },
    cold: verifying(`${algorithm}, cold`, createVerifier(0, { find: () => ours }), [token]),
  };
}
