import type { RefusedCase } from '../token.case.js';
import { claimsText, headerText, type TokenDraft } from '../token.draft.js';

const malformed = { rule: 'canonical base64url', code: 'malformed_token' } as const;

// All that follows decodes to the very bytes of the good segment when the decoder is forgiving, as
// Node's is; in header and claims, the signature is over the odd spelling.
const ODD: readonly [string, (segment: string) => string][] = [
  ['padding', (segment) => segment.padEnd(Math.ceil(segment.length / 4) * 4, '=')],
  ['padding that is not due', (segment) => `${segment}====`],
  ['a stray bit in the last letter', strayBit],
  ['a leading blank', (segment) => ` ${segment}`],
  ['a trailing blank', (segment) => `${segment} `],
  ['a blank within', (segment) => insert(segment, ' ')],
  ['a tab within', (segment) => insert(segment, '\t')],
  ['a line feed at the end', (segment) => `${segment}\n`],
  ['a line break within, as in MIME', (segment) => insert(segment, '\r\n')],
  ['a NUL at the end', (segment) => `${segment}\0`],
  ['a NUL within', (segment) => insert(segment, '\0')],
  ['a no-break space', (segment) => insert(segment, '\u00A0')],
  ['a zero-width space', (segment) => insert(segment, '\u200B')],
  ['a byte order mark', (segment) => `\uFEFF${segment}`],
  ['a soft hyphen', (segment) => insert(segment, '\u00AD')],
  ['a lone surrogate', (segment) => insert(segment, '\uD800')],
  ['an emoji', (segment) => insert(segment, '\u{1F511}')],
  ['an exclamation mark', (segment) => insert(segment, '!')],
  ['a percent sign', (segment) => `${segment}%3D`],
  ['a full-width letter', (segment) => segment.replace(/[A-Za-z]/, fullWidth)],
  ['a full-width letter between', (segment) => insert(segment, '\uFF21')],
  ['a Cyrillic letter between', (segment) => insert(segment, '\u0430')],
  ['a mathematical letter between', (segment) => insert(segment, '\u{1D5BA}')],
];

const STEPS = ['headerSegment', 'claimsSegment', 'signatureSegment'] as const;

/** JSON with a blank more where its length would leave no stray bits and want no padding. */
const unaligned = (json: string): string => (Buffer.byteLength(json) % 3 === 0 ? `${json} ` : json);

/** JSON of which the first letters, `{  "~~"`, need `-` or `_`: the two that differ from base64. */
const outlandish = (object: string): string => object.replace('{', '{"???>>>":"???>>>",');
const toBase64 = (segment: string): string => segment.replaceAll('-', '+').replaceAll('_', '/');

export const alphabetCases: readonly RefusedCase[] = [
  ...STEPS.flatMap((step) => ODD.map(([name, odd]) => oddCase(step, name, odd))),
  {
    ...malformed,
    name: 'header in the alphabet of base64',
    fault: { header: (signer) => outlandish(headerText(signer)), headerSegment: toBase64 },
    mended: { header: (signer) => outlandish(headerText(signer)) },
  },
  {
    ...malformed,
    name: 'claims in the alphabet of base64',
    fault: { claims: () => outlandish(claimsText()), claimsSegment: toBase64 },
    mended: { claims: () => outlandish(claimsText()) },
  },
  {
    ...malformed,
    name: 'claims in hexadecimal',
    fault: { claimsSegment: (segment) => Buffer.from(segment, 'base64url').toString('hex') },
  },
  {
    ...malformed,
    name: 'signature in hexadecimal, with its dashes',
    fault: {
      signatureSegment: (segment) =>
        Buffer.from(segment, 'base64url')
          .toString('hex')
          .replaceAll(/..(?!$)/g, '$&:'),
    },
  },
];

function oddCase(
  step: (typeof STEPS)[number],
  name: string,
  odd: (segment: string) => string,
): RefusedCase {
  const base: Partial<TokenDraft> =
    step === 'headerSegment'
      ? { header: (signer) => unaligned(headerText(signer)) }
      : step === 'claimsSegment'
        ? { claims: () => unaligned(claimsText()) }
        : {};
  return {
    ...malformed,
    name: `${step.replace('Segment', '')}, ${name}`,
    fault: { ...base, [step]: odd },
    mended: base,
  };
}

function insert(segment: string, text: string): string {
  const middle = segment.length >> 1;
  return segment.slice(0, middle) + text + segment.slice(middle);
}

const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';

/** The last letter of an unaligned segment has bits that mean nothing; one of them is set here. */
function strayBit(segment: string): string {
  return segment.slice(0, -1) + LETTERS[LETTERS.indexOf(segment.at(-1) ?? '') + 1];
}

function fullWidth(letter: string): string {
  return String.fromCharCode(letter.charCodeAt(0) + 0xfee0);
}
