import { generateKeyPairSync } from 'node:crypto';
import { IssuerKey, ISSUER_ALGORITHMS } from '../../../test/support/test-issuer.js';
import { parseJsonWebKey } from './json-web-key.parser.js';

const ec = new IssuerKey('ES256', 'k').jwk;
const ed = new IssuerKey('EdDSA', 'k').jwk;
const rsa = new IssuerKey('RS256', 'k').jwk;
const jwkOf = ({ publicKey }: ReturnType<typeof generateKeyPairSync>) => ({
  ...publicKey.export({ format: 'jwk' }),
  kid: 'k',
});

const bytes = (value: unknown) => Buffer.from(String(value), 'base64url');
const behindZero = (value: unknown) =>
  Buffer.concat([Buffer.alloc(1), bytes(value)]).toString('base64url');
const modulus = (bits: number) => {
  const value = Buffer.alloc(Math.ceil(bits / 8), 0xff);
  value[0] = 0xff >> (value.length * 8 - bits);
  return value.toString('base64url');
};
const exponent = (value: bigint) => {
  const hex = value.toString(16);
  return Buffer.from(hex.padStart(hex.length + (hex.length % 2), '0'), 'hex').toString('base64url');
};

const outcomeOf = (entry: unknown) => {
  const parsed = parseJsonWebKey(entry);
  return parsed.ok ? parsed.key.algorithm : parsed.flaw;
};

describe('parseJsonWebKey (FR-011)', () => {
  it.each(ISSUER_ALGORITHMS)('makes a key of a published %s key', (algorithm) => {
    const key = new IssuerKey(algorithm, 'its id');
    const parsed = parseJsonWebKey(key.jwk);
    if (!parsed.ok) throw new Error(parsed.flaw);
    expect(parsed.key).toMatchObject({ kid: 'its id', algorithm });
    expect(parsed.key.publicKey.equals(key.publicKey)).toBe(true);
  });

  it.each([
    ['EC P-256', ec, 'ES256'],
    ['Ed25519', ed, 'EdDSA'],
    ['RSA', rsa, 'RS256'],
  ])('uses an %s key without alg for one algorithm only', (_, jwk, algorithm) => {
    expect(outcomeOf({ ...jwk, alg: undefined })).toBe(algorithm);
  });

  it('looks at the members it knows, and passes over others', () => {
    const others = { ext: true, x5c: ['not a certificate'], x5t: 5, nbf: 'soon' };
    expect(outcomeOf({ ...ec, ...others, key_ops: ['verify'] })).toBe('ES256');
    expect(outcomeOf({ ...ec, use: undefined })).toBe('ES256');
  });

  it.each(['d', 'p', 'q', 'dp', 'dq', 'qi', 'oth', 'k'])(
    'refuses a key that carries the private member %s, whatever else it is',
    (member) => {
      for (const jwk of [ec, ed, rsa, { kty: 'oct', alg: 'HS256', use: 'enc' }]) {
        expect(outcomeOf({ ...jwk, [member]: 'AQAB' })).toMatch('private key');
      }
    },
  );

  it.each([{ use: 'enc' }, { use: 5 }, { use: null }, { key_ops: ['sign'] }, { key_ops: [] }])(
    'refuses a key with %j',
    (changes) => {
      expect(outcomeOf({ ...ec, ...changes })).toBe('is not for signatures');
    },
  );

  it('refuses key_ops that are no list', () => {
    expect(outcomeOf({ ...ec, key_ops: 'verify' })).toBe('is not for signatures');
  });

  it.each<[string, unknown]>([
    ['a secret', { kty: 'oct', kid: 'k', alg: 'HS256' }],
    ['no kty', { ...ec, kty: undefined }],
    ['P-384', jwkOf(generateKeyPairSync('ec', { namedCurve: 'P-384' }))],
    ['secp256k1', jwkOf(generateKeyPairSync('ec', { namedCurve: 'secp256k1' }))],
    ['no curve', { ...ec, crv: undefined }],
    ['Ed448', jwkOf(generateKeyPairSync('ed448'))],
    ['X25519', jwkOf(generateKeyPairSync('x25519'))],
    ...['HS256', 'RS512', 'ES256', 'EdDSA', 'none', 'constructor', '', 5, null, ['RS256']].map(
      (alg): [string, unknown] => [`RSA with alg ${JSON.stringify(alg)}`, { ...rsa, alg }],
    ),
    ...['HS256', 'RS256', 'PS256', 'EdDSA', 'ES384'].map((alg): [string, unknown] => [
      `EC with alg ${alg}`,
      { ...ec, alg },
    ]),
    ['Ed25519 with alg ES256', { ...ed, alg: 'ES256' }],
    ['an array', []],
  ])('refuses %s', (_, jwk) => {
    expect(outcomeOf(jwk)).toBe('is of no algorithm that is accepted here');
  });

  it.each([
    ['nothing', null],
    ['text', 'key'],
    ['no kid', { ...ec, kid: undefined }],
    ['an empty kid', { ...ec, kid: '' }],
    ['a kid that is a number', { ...ec, kid: 5 }],
    ['a kid of 257 characters', { ...ec, kid: 'k'.repeat(257) }],
    ['half a point', { ...ec, y: undefined }],
    ['a coordinate that is a number', { ...ec, x: 5 }],
    ['a coordinate with padding', { ...ec, x: `${String(ec['x'])}=` }],
    ['a coordinate with a line break', { ...ec, x: `${String(ec['x'])}\n` }],
    ['a coordinate with a leading zero', { ...ec, x: behindZero(ec['x']) }],
    ['a point off the curve', { ...ec, y: ec['x'] }],
    ['the point zero', { ...ec, x: 'A'.repeat(43), y: 'A'.repeat(43) }],
    ['a short Ed25519 key', { ...ed, x: 'AQAB' }],
    ['an Ed25519 key with padding', { ...ed, x: `${String(ed['x'])}=` }],
    ['an RSA key without modulus', { ...rsa, n: undefined }],
    ['an RSA key without exponent', { ...rsa, e: undefined }],
    ['an RSA modulus with a leading zero', { ...rsa, n: behindZero(rsa['n']) }],
    ['an RSA exponent with a leading zero', { ...rsa, e: behindZero(rsa['e']) }],
  ])('refuses %s', (_, jwk) => {
    expect(outcomeOf(jwk)).toBe('has malformed members');
  });

  it('takes a kid of 256 characters', () => {
    expect(outcomeOf({ ...ec, kid: 'k'.repeat(256) })).toBe('ES256');
  });

  it.each([
    ['2047 bits', { n: modulus(2047) }],
    ['8193 bits', { n: modulus(8193) }],
    ['exponent 1', { e: exponent(1n) }],
    ['exponent 3', { e: exponent(3n) }],
    ['an even exponent', { e: exponent(65_538n) }],
    ['an exponent beyond 64 bits', { e: exponent(2n ** 64n + 1n) }],
  ])('refuses an RSA key with %s', (_, changes) => {
    expect(outcomeOf({ ...rsa, ...changes })).toBe('is weak');
  });

  it('takes RSA keys of 2048 to 8192 bits', () => {
    expect(outcomeOf({ ...rsa, n: modulus(2048) })).toBe('RS256');
    expect(outcomeOf({ ...rsa, n: modulus(8192), e: exponent(2n ** 64n - 1n) })).toBe('RS256');
  });

  it('tells the kid of what it refuses, and nothing else of it', () => {
    expect(parseJsonWebKey({ ...rsa, e: exponent(1n) })).toEqual({
      ok: false,
      kid: 'k',
      flaw: 'is weak',
    });
    expect(parseJsonWebKey({ ...ec, kid: 5 })).toMatchObject({ kid: undefined });
  });
});
