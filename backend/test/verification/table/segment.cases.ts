import type { RefusedCase } from '../token.case.js';
import { claimsText, headerText, type TokenDraft } from '../token.draft.js';

const rule = 'three segments';
const malformed = { rule, code: 'malformed_token' } as const;

type Spelling = TokenDraft['spelling'];
const spelled = (name: string, spelling: Spelling): RefusedCase => ({
  ...malformed,
  name,
  fault: { spelling },
});

const parts = (token: string): [string, string, string] => {
  const [header = '', claims = '', signature = ''] = token.split('.');
  return [header, claims, signature];
};
const jsonOf = (token: string): string => {
  const [header, payload, signature] = parts(token);
  return JSON.stringify({ protected: header, payload, signature });
};

/** Wholes that are not header, claims and signature with a dot between. */
export const segmentCases: readonly RefusedCase[] = [
  spelled('nothing', () => ''),
  spelled('a word', () => 'token'),
  spelled('one dot', () => '.'),
  spelled('two dots', () => '..'),
  spelled('three dots', () => '...'),
  spelled('no dots', (token) => token.replaceAll('.', '')),
  spelled('header and claims only', (token) => parts(token).slice(0, 2).join('.')),
  spelled('claims and signature only', (token) => parts(token).slice(1).join('.')),
  spelled('no header', (token) => token.replace(/^[^.]+/, '')),
  spelled('no signature', (token) => token.replace(/[^.]+$/, '')),
  spelled('a leading dot', (token) => `.${token}`),
  spelled('a trailing dot', (token) => `${token}.`),
  spelled('two dots after the header', (token) => token.replace('.', '..')),
  spelled('a fourth segment', (token) => `${token}.e30`),
  spelled('five segments, as a JWE has', (token) => `${token}.AAAA.AAAA`),
  spelled('a segment before it', (token) => `e30.${token}`),
  spelled('another dot in the signature', (token) => token.replace(/(..)$/, '.$1')),
  spelled('the scheme twice', (token) => `Bearer ${token}`),
  spelled('quotes around it', (token) => `"${token}"`),
  spelled('angle brackets around it', (token) => `<${token}>`),
  spelled('two tokens with a comma', (token) => `${token},${token}`),
  spelled('two tokens with a blank', (token) => `${token} ${token}`),
  spelled('two tokens in one word', (token) => token + token),
  spelled('percent-encoded dots', (token) => token.replaceAll('.', '%2E')),
  spelled('full-width dots', (token) => token.replaceAll('.', '\uFF0E')),
  spelled('ideographic full stops', (token) => token.replaceAll('.', '\u3002')),
  spelled('backwards', (token) => token.split('').toReversed().join('')),
  spelled('the JSON serialization of JWS', jsonOf),
  { ...malformed, name: 'detached claims, signed so', fault: { claimsSegment: () => '' } },
  { ...malformed, name: 'an empty header, signed so', fault: { headerSegment: () => '' } },
  {
    ...malformed,
    name: 'a signature of no bytes',
    fault: { signature: () => Buffer.alloc(0) },
  },
  {
    ...malformed,
    name: 'a token in place of the claims',
    fault: { claims: () => `${'e30'.repeat(3)}.e30.e30` },
  },
  {
    ...malformed,
    name: 'a token in JSON text in place of the claims',
    fault: { claims: () => '"e30.e30.e30"' },
  },
  {
    ...malformed,
    name: 'claims that were encoded twice',
    fault: { claims: () => Buffer.from(claimsText()).toString('base64url') },
  },
  {
    ...malformed,
    name: 'a header that was encoded twice',
    fault: { header: (signer) => Buffer.from(headerText(signer)).toString('base64url') },
  },
];
