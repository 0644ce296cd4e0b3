import { constants, createHmac, sign, type KeyObject, type SignKeyObjectInput } from 'node:crypto';
import type { SignatureAlgorithm } from '../../../src/auth/verification/verification.key.js';
import { SECRET } from '../../support/token.minter.js';
import type { RefusedCase } from '../token.case.js';
import type { TokenDraft } from '../token.draft.js';
import { signWith, type TokenSigner } from '../token.signers.js';

/** Forgeries that only one kind of key knows. */
const forged = { rule: 'signature by the algorithm of the key', code: 'bad_signature' } as const;

const forgery = (
  name: string,
  algorithms: readonly SignatureAlgorithm[],
  signature: TokenDraft['signature'],
): RefusedCase => ({ ...forged, name, algorithms, fault: { signature } });

type Options = Omit<SignKeyObjectInput, 'key'>;
const by =
  (hash: string, options: Options = {}): TokenDraft['signature'] =>
  ({ privateKey }, input) =>
    sign(hash, Buffer.from(input), { key: privateKey, ...options });
const pss = (saltLength: number): Options => ({
  padding: constants.RSA_PKCS1_PSS_PADDING,
  saltLength,
});

const ASYMMETRIC = ['ES256', 'RS256', 'PS256', 'EdDSA'] as const;
const [RSA, ES, ED, HS] = [['RS256', 'PS256'], ['ES256'], ['EdDSA'], ['HS256']] as const;

/** The order of P-256 (SEC 2, 2.4.2), and that of edwards25519 (RFC 8032, 5.1). */
const P256_ORDER = 0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551n;
const ED25519_ORDER = 2n ** 252n + 27742317777372353535851937790883648493n;

const PUBLIC_KEY_TEXTS: readonly [string, (key: KeyObject) => string | Buffer][] = [
  ['PEM', (key) => key.export({ type: 'spki', format: 'pem' })],
  ['PEM without its last line feed', (key) => pem(key).trimEnd()],
  ['DER', (key) => key.export({ type: 'spki', format: 'der' })],
  ['JWK', (key) => JSON.stringify(key.export({ format: 'jwk' }))],
];

export const algorithmCases: readonly RefusedCase[] = [
  ...PUBLIC_KEY_TEXTS.map(([name, text]) =>
    forgery(`HMAC by the public key as ${name}`, ASYMMETRIC, ({ publicKey }, input) =>
      createHmac('sha256', text(publicKey)).update(input).digest(),
    ),
  ),
  forgery('HMAC by SHA-384', HS, keyed('sha384')),
  forgery('HMAC by SHA-512', HS, keyed('sha512')),
  forgery('HMAC by SHA-512, cut to 32 bytes', HS, keyed('sha512', 32)),
  forgery('HMAC cut to 16 bytes', HS, keyed('sha256', 16)),
  forgery('HMAC cut to 31 bytes', HS, keyed('sha256', 31)),
  forgery('HMAC by the secret in capitals', HS, keyed('sha256', 32, SECRET.toUpperCase())),
  forgery('HMAC by the secret with a line feed', HS, keyed('sha256', 32, `${SECRET}\n`)),
  forgery('HMAC by the secret in base64', HS, keyed('sha256', 32, btoa(SECRET))),
  forgery('HMAC by the secret decoded', HS, keyed('sha256', 32, Buffer.from(SECRET, 'base64'))),
  forgery('DER', ES, by('sha256', { dsaEncoding: 'der' })),
  forgery('SHA-384', ES, by('sha384', { dsaEncoding: 'ieee-p1363' })),
  forgery('SHA-1', ES, by('sha1', { dsaEncoding: 'ieee-p1363' })),
  forgery(
    'r and s exchanged',
    ES,
    halves((r, s) => [s, r]),
  ),
  forgery(
    'r 0',
    ES,
    halves((_r, s) => [0n, s]),
  ),
  forgery(
    's 0',
    ES,
    halves((r) => [r, 0n]),
  ),
  forgery(
    'r and s 0, as in CVE-2022-21449',
    ES,
    halves(() => [0n, 0n]),
  ),
  forgery(
    'r and s the order of the curve',
    ES,
    halves(() => [P256_ORDER, P256_ORDER]),
  ),
  forgery(
    'r 1 and s 1',
    ES,
    halves(() => [1n, 1n]),
  ),
  forgery(
    'negative r',
    ES,
    halves((r, s) => [P256_ORDER - r, s]),
  ),
  forgery('SHA-1', RSA, by('sha1')),
  forgery('PKCS#1 v1.5 with SHA-512', RSA, by('sha512')),
  forgery('PSS', ['RS256'], by('sha256', pss(32))),
  forgery('PKCS#1 v1.5', ['PS256'], by('sha256')),
  forgery('PSS without salt', ['PS256'], by('sha256', pss(0))),
  forgery('PSS with a salt of 20 bytes', ['PS256'], by('sha256', pss(20))),
  forgery('PSS with a salt of 31 bytes', ['PS256'], by('sha256', pss(31))),
  forgery('PSS with a salt of 33 bytes', ['PS256'], by('sha256', pss(33))),
  forgery('PSS with the longest salt', ['PS256'], by('sha256', pss(256 - 32 - 2))),
  {
    rule: 'signature in full length',
    name: 'PSS without its first byte, which was 0',
    code: 'bad_signature',
    algorithms: ['PS256'],
    fault: { signature: (signer, input) => withLeadingZero(signer, input).subarray(1) },
    mended: { signature: withLeadingZero },
  },
  forgery('PSS with SHA-512', ['PS256'], by('sha512', pss(64))),
  forgery('S with the order added to it', ED, ({ privateKey }, input) => {
    const signature = signWith('EdDSA', privateKey, input);
    const scalar = BigInt(`0x${Buffer.from(signature.subarray(32).toReversed()).toString('hex')}`);
    return Buffer.concat([signature.subarray(0, 32), bytesOf(scalar + ED25519_ORDER).toReversed()]);
  }),
  forgery('the neutral element and 0', ED, () => Buffer.concat([Buffer.of(1), Buffer.alloc(63)])),
  forgery('over a digest', ED, ({ privateKey }, input) =>
    sign(null, createHmac('sha512', '').update(input).digest(), privateKey),
  ),
];

function keyed(hash: string, length = 64, secret: string | Buffer = SECRET) {
  return (_signer: unknown, input: string): Buffer =>
    createHmac(hash, secret).update(input).digest().subarray(0, length);
}

/** A true ECDSA signature with other r and s. */
function halves(change: (r: bigint, s: bigint) => [bigint, bigint]): TokenDraft['signature'] {
  return ({ privateKey }, input) => {
    const hex = signWith('ES256', privateKey, input).toString('hex');
    const [r, s] = change(BigInt(`0x${hex.slice(0, 64)}`), BigInt(`0x${hex.slice(64)}`));
    return Buffer.concat([bytesOf(r), bytesOf(s)]);
  };
}

/** OpenSSL takes such a signature with and without its zero: it is the same number (RFC 8017, 8.1.2). */
function withLeadingZero({ privateKey }: TokenSigner, input: string): Buffer {
  // One in 256 begins so; each signing draws another salt.
  for (;;) {
    const signature = signWith('PS256', privateKey, input);
    if (signature[0] === 0) return signature;
  }
}

function bytesOf(number: bigint): Buffer {
  return Buffer.from(number.toString(16).padStart(64, '0'), 'hex');
}

function pem(key: KeyObject): string {
  return key.export({ type: 'spki', format: 'pem' }).toString();
}
