import { createHash, createHmac } from 'node:crypto';
import type { RefusedCase } from '../token.case.js';
import { claimsText, writeToken, type TokenDraft } from '../token.draft.js';
import { signWith, type TokenSigner } from '../token.signers.js';

const forged = { rule: 'signature is that of the key', code: 'bad_signature' } as const;

type Signature = TokenDraft['signature'];
const signed = (name: string, signature: Signature): RefusedCase => ({
  ...forged,
  name,
  fault: { signature },
});

const truly = ({ algorithm, privateKey }: TokenSigner, input: string): Buffer =>
  signWith(algorithm, privateKey, input);
/** Truly signed by the right key, but other bytes than those of the token. */
const over = (name: string, change: (input: string) => string): RefusedCase =>
  signed(`over ${name}`, (signer, input) => truly(signer, change(input)));
const changed = (name: string, change: (signature: Buffer) => Buffer): RefusedCase =>
  signed(name, (signer, input) => change(truly(signer, input)));

const flipped = (at: number, bit: number) => (signature: Buffer) => {
  const bytes = Buffer.from(signature);
  const index = at < 0 ? bytes.length + at : at;
  bytes.writeUInt8(bytes.readUInt8(index) ^ bit, index);
  return bytes;
};
const [headerOf, claimsOf] = [0, 1].map(
  (index) => (input: string) => input.split('.')[index] ?? '',
);
const decoded = (input: string): string =>
  input
    .split('.')
    .map((part) => Buffer.from(part, 'base64url').toString())
    .join('.');

export const signatureCases: readonly RefusedCase[] = [
  signed('by another key', ({ algorithm, foreignKey }, input) =>
    signWith(algorithm, foreignKey, input),
  ),
  signed('of a token of other claims', (signer) => lastOf(writeToken(signer, otherClaims))),
  signed('by the kid for a secret', ({ kid }, input) => hmac(kid, input)),
  signed('by the algorithm for a secret', ({ algorithm }, input) => hmac(algorithm, input)),
  signed('by an empty secret', (_signer, input) => hmac('', input)),
  signed('by a NUL for a secret', (_signer, input) => hmac('\0', input)),
  signed('by the signing input for a secret', (_signer, input) => hmac(input, input)),
  signed('a digest without a key', (_signer, input) => createHash('sha256').update(input).digest()),
  signed('the signing input itself', (_signer, input) => Buffer.from(input)),
  signed('one NUL', () => Buffer.alloc(1)),
  signed('the letters "none"', () => Buffer.from('none')),
  changed('all bits 0', (signature) => Buffer.alloc(signature.length)),
  changed('all bits 1', (signature) => Buffer.alloc(signature.length, 0xff)),
  changed('1 and no more', (signature) => Buffer.concat([Buffer.alloc(signature.length - 1), ONE])),
  changed('its first bit changed', flipped(0, 0x80)),
  changed('its first byte changed', flipped(0, 0x01)),
  changed('a bit in its middle changed', flipped(20, 0x10)),
  changed('its last bit changed', flipped(-1, 0x01)),
  changed('its last byte missing', (signature) => signature.subarray(0, -1)),
  changed('its second byte missing', (signature) =>
    Buffer.concat([signature.subarray(0, 1), signature.subarray(2)]),
  ),
  changed('half of it', (signature) => signature.subarray(0, signature.length / 2)),
  changed('its first byte only', (signature) => signature.subarray(0, 1)),
  changed('a NUL after it', (signature) => Buffer.concat([signature, Buffer.alloc(1)])),
  changed('a NUL before it', (signature) => Buffer.concat([Buffer.alloc(1), signature])),
  changed('twice', (signature) => Buffer.concat([signature, signature])),
  changed('backwards', (signature) => Buffer.from(signature.toReversed())),
  changed('inverted', (signature) => Buffer.from(signature.map((byte) => byte ^ 0xff))),
  changed('in hexadecimal text', (signature) => Buffer.from(signature.toString('hex'))),
  changed('in base64 text', (signature) => Buffer.from(signature.toString('base64url'))),
  over('the header only', (input) => headerOf?.(input) ?? ''),
  over('the claims only', (input) => claimsOf?.(input) ?? ''),
  over('header and claims without the dot', (input) => input.replace('.', '')),
  over('header and claims with two dots', (input) => input.replace('.', '..')),
  over('claims and header', (input) => `${claimsOf?.(input)}.${headerOf?.(input)}`),
  over('one dot more', (input) => `${input}.`),
  over('a line feed more', (input) => `${input}\n`),
  over('a NUL more', (input) => `${input}\0`),
  over('a letter less', (input) => input.slice(0, -1)),
  over('small letters', (input) => input.toLowerCase()),
  over('the decoded bytes', decoded),
  over('the claims decoded, as b64 false would', (input) => `${headerOf?.(input)}.${claimsText()}`),
  over('UTF-16', (input) => Buffer.from(input, 'utf16le').toString('latin1')),
  over('nothing', () => ''),
  signed('a signature of its signature', (signer, input) =>
    truly(signer, truly(signer, input).toString('base64url')),
  ),
];

const ONE = Buffer.of(1);
const otherClaims: Partial<TokenDraft> = { claims: () => claimsText({ jti: 'token-2' }) };

function lastOf(token: string): Buffer {
  return Buffer.from(token.slice(token.lastIndexOf('.') + 1), 'base64url');
}

function hmac(secret: string, input: string): Buffer {
  return createHmac('sha256', secret).update(input).digest();
}
