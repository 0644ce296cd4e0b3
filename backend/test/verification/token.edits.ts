import fc from 'fast-check';

/** `at` and `to` are taken modulo the length of the token, so that they mean something in any. */
interface Edit {
  readonly kind: keyof typeof KINDS;
  readonly at: number;
  readonly to: number;
  readonly letter: string;
}

const replace = (token: string, at: number, length: number, text: string): string =>
  token.slice(0, at) + text + token.slice(at + length);

const KINDS = {
  replace: (token: string, at: number, _to: number, letter: string) =>
    replace(token, at, 1, letter),
  insert: (token: string, at: number, _to: number, letter: string) => replace(token, at, 0, letter),
  delete: (token: string, at: number) => replace(token, at, 1, ''),
  flipBit: (token: string, at: number, to: number) =>
    replace(token, at, 1, String.fromCharCode(token.charCodeAt(at) ^ (1 << (to % 8)))),
  flipCase: (token: string, at: number) => replace(token, at, 1, otherCase(token.charAt(at))),
  swap: (token: string, at: number, to: number) =>
    replace(replace(token, at, 1, token.charAt(to)), to, 1, token.charAt(at)),
  cutRange: (token: string, at: number, to: number) => replace(token, at, to - at, ''),
  repeatRange: (token: string, at: number, to: number) =>
    replace(token, at, 0, token.slice(at, to)),
  truncate: (token: string, at: number) => token.slice(0, at),
  behead: (token: string, at: number) => token.slice(at),
  repeatSegment: (token: string, at: number, to: number) => {
    const segments = token.split('.');
    return segments
      .toSpliced(to % segments.length, 0, segments[at % segments.length] ?? '')
      .join('.');
  },
  copySegment: (token: string, at: number, to: number) => {
    const segments = token.split('.');
    return segments.with(to % segments.length, segments[at % segments.length] ?? '').join('.');
  },
};

const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.=+/ "{}\0\n';

/** One to three edits. Letters are mostly those of base64url: the others are refused at once. */
export const tokenEdits: fc.Arbitrary<Edit[]> = fc.array(
  fc.record({
    kind: fc.constantFrom(...(Object.keys(KINDS) as Edit['kind'][])),
    at: fc.nat({ max: 1 << 16 }),
    to: fc.nat({ max: 1 << 16 }),
    letter: fc.oneof(
      { arbitrary: fc.constantFrom(...LETTERS.split('')), weight: 9 },
      { arbitrary: fc.string({ unit: 'binary', minLength: 1, maxLength: 1 }), weight: 1 },
    ),
  }),
  { minLength: 1, maxLength: 3 },
);

export function edited(token: string, edits: readonly Edit[]): string {
  return edits.reduce((text, { kind, at, to, letter }) => {
    const length = text.length + 1;
    return KINDS[kind](text, at % length, to % length, letter);
  }, token);
}

function otherCase(letter: string): string {
  return letter === letter.toLowerCase() ? letter.toUpperCase() : letter.toLowerCase();
}
