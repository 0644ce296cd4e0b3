import { constants, generateKeyPairSync, sign, type SignKeyObjectInput } from 'node:crypto';
import { AsymmetricKey, type AsymmetricAlgorithm } from './asymmetric.key.js';

const pairs = {
  ec: generateKeyPairSync('ec', { namedCurve: 'P-256' }),
  rsa: generateKeyPairSync('rsa', { modulusLength: 2048 }),
  ed: generateKeyPairSync('ed25519'),
};
const pss = { padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: 32 };
const INPUT = 'header.claims';

const kinds: [AsymmetricAlgorithm, keyof typeof pairs, 'sha256' | null, object][] = [
  ['ES256', 'ec', 'sha256', { dsaEncoding: 'ieee-p1363' }],
  ['RS256', 'rsa', 'sha256', { padding: constants.RSA_PKCS1_PADDING }],
  ['PS256', 'rsa', 'sha256', pss],
  ['EdDSA', 'ed', null, {}],
];

describe.each(kinds)('AsymmetricKey for %s (FR-011)', (algorithm, pair, hash, options) => {
  const { privateKey, publicKey } = pairs[pair];
  const key = new AsymmetricKey(algorithm, publicKey);
  const input: SignKeyObjectInput = { key: privateKey, ...options };
  const signature = sign(hash, Buffer.from(INPUT), input);

  it('has that one algorithm', () => {
    expect(key.algorithm).toBe(algorithm);
  });

  it('verifies its own signature', () => {
    expect(key.verifies(INPUT, signature)).toBe(true);
  });

  it('refuses that of other bytes', () => {
    expect(key.verifies(`${INPUT}x`, signature)).toBe(false);
  });

  it('takes each letter of the signing input for one byte', () => {
    const bytes = Buffer.from('h\u00e9.c', 'latin1');
    expect(key.verifies('h\u00e9.c', sign(hash, bytes, input))).toBe(true);
  });

  it.each([0, 1, 8, 63, 64, 65, 128, 255, 256, 257])(
    'refuses %i bytes of nothing for a signature, and throws at none',
    (length) => {
      expect(key.verifies(INPUT, Buffer.alloc(length))).toBe(false);
    },
  );
});

it('RS256 and PS256 refuse the signatures of one another, by one RSA key', () => {
  const { privateKey, publicKey } = pairs.rsa;
  const pkcs1 = sign('sha256', Buffer.from(INPUT), privateKey);
  const probabilistic = sign('sha256', Buffer.from(INPUT), { key: privateKey, ...pss });
  expect(new AsymmetricKey('PS256', publicKey).verifies(INPUT, pkcs1)).toBe(false);
  expect(new AsymmetricKey('RS256', publicKey).verifies(INPUT, probabilistic)).toBe(false);
});

it('PS256 refuses a signature without its leading zero, which OpenSSL takes (RFC 8017, 8.1.2)', () => {
  const { privateKey, publicKey } = pairs.rsa;
  const draw = () => sign('sha256', Buffer.from(INPUT), { key: privateKey, ...pss });
  let signature = draw();
  // One in 256 begins so; each signing draws another salt.
  while (signature[0] !== 0) signature = draw();
  const key = new AsymmetricKey('PS256', publicKey);
  expect(key.verifies(INPUT, signature)).toBe(true);
  expect(key.verifies(INPUT, signature.subarray(1))).toBe(false);
});
