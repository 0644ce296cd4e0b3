import { textCases, type RefusedCase } from '../token.case.js';
import { withMember } from '../token.draft.js';

const malformed = { rule: 'well-formed UTF-8', code: 'malformed_token' } as const;

/** A class of ill-formed bytes, and what comes nearest to it and is well-formed (Unicode 3.9, D92). */
const BYTES: readonly [string, readonly number[], readonly number[]][] = [
  ['a continuation byte alone', [0x80], [0x7f]],
  ['the last continuation byte alone', [0xbf], [0x7e]],
  ['an overlong NUL', [0xc0, 0x80], [0xc2, 0x80]],
  ['an overlong letter', [0xc1, 0xbf], [0xc2, 0xbf]],
  ['an overlong quote', [0xc0, 0xa2], [0xc3, 0xa2]],
  ['an overlong sequence of three', [0xe0, 0x9f, 0xbf], [0xe0, 0xa0, 0x80]],
  ['an overlong sequence of four', [0xf0, 0x8f, 0xbf, 0xbf], [0xf0, 0x90, 0x80, 0x80]],
  ['the first surrogate', [0xed, 0xa0, 0x80], [0xed, 0x9f, 0xbf]],
  ['the last surrogate', [0xed, 0xbf, 0xbf], [0xee, 0x80, 0x80]],
  ['a pair of surrogates', [0xed, 0xa0, 0xbd, 0xed, 0xb4, 0x91], [0xf0, 0x9f, 0x94, 0x91]],
  ['beyond U+10FFFF', [0xf4, 0x90, 0x80, 0x80], [0xf4, 0x8f, 0xbf, 0xbf]],
  ['a lead byte F5', [0xf5, 0x80, 0x80, 0x80], [0xf3, 0x80, 0x80, 0x80]],
  ['a sequence of five', [0xf8, 0x88, 0x80, 0x80, 0x80], [0xf1, 0x80, 0x80, 0x80]],
  ['FE', [0xfe], [0x7e]],
  ['FF', [0xff], [0x7f]],
  ['one byte of two', [0xc3], [0xc3, 0xa9]],
  ['two bytes of three', [0xe2, 0x82], [0xe2, 0x82, 0xac]],
  ['three bytes of four', [0xf0, 0x9f, 0x94], [0xf0, 0x9f, 0x94, 0x91]],
  ['a lead byte before a letter', [0xc3, 0x28], [0xc3, 0xa8]],
  ['Latin-1', [0xe9], [0xc3, 0xa9]],
];

const PLACE = '~';
/** The object with one more member, whose value consists of these bytes. */
const withBytes = (object: string, bytes: readonly number[]): Buffer =>
  // Latin-1 makes one byte of each character, so that the bytes can take the place of text.
  Buffer.from(
    withMember(object, `"x":"${PLACE}"`).replace(PLACE, String.fromCharCode(...bytes)),
    'latin1',
  );

export const encodingCases: readonly RefusedCase[] = BYTES.flatMap(([name, fault, mended]) =>
  textCases(
    malformed,
    name,
    (object) => withBytes(object, fault),
    (object) => withBytes(object, mended),
  ),
);
