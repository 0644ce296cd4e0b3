import { memberCases, textCases, type RefusedCase } from '../token.case.js';

const malformed = { rule: 'strict JSON', code: 'malformed_token' } as const;

/** What other parsers of JSON, of JavaScript or of configuration files would take. */
const NOT_JSON: readonly [string, (object: string) => string | Buffer][] = [
  ['nothing but blanks', () => '   '],
  ['truncated', (object) => object.slice(0, -1)],
  ['with a brace more', (object) => `${object}}`],
  ['twice', (object) => object + object],
  ['with text after it', (object) => `${object}x`],
  ['with a NUL after it', (object) => `${object}\0`],
  ['with a NUL before it', (object) => `\0${object}`],
  ['with a comma after it', (object) => `${object},`],
  ['with a comma before its end', (object) => `${object.slice(0, -1)},}`],
  ['after a no-break space', (object) => `\u00A0${object}`],
  ['after a vertical tab', (object) => `\v${object}`],
  ['after a form feed', (object) => `\f${object}`],
  ['after a line separator', (object) => `\u2028${object}`],
  ['in parentheses', (object) => `(${object})`],
  ['with a comment', (object) => `${object}//`],
  ['with a comment of another kind', (object) => `/**/${object}`],
  ['with single quotes', (object) => object.replaceAll('"', "'")],
  ['with curly quotes', (object) => object.replaceAll('"', '\u201D')],
  ['with names without quotes', (object) => object.replaceAll(/"(\w+)":/g, '$1:')],
  ['with equals signs', (object) => object.replaceAll('":', '"=')],
  ['in an array', (object) => `[${object}]`],
  ['an empty array', () => '[]'],
  ['text', (object) => JSON.stringify(object)],
  ['null', () => 'null'],
  ['true', () => 'true'],
  ['a number', () => '7'],
  ['in UTF-16, little-endian', (object) => Buffer.from(object, 'utf16le')],
  ['in UTF-16, big-endian', (object) => Buffer.from(object, 'utf16le').swap16()],
];

const NOT_VALUES: readonly [string, string, string][] = [
  ['a leading zero', '01', '10'],
  ['a leading plus', '+1', '1'],
  ['a leading point', '.5', '0.5'],
  ['a trailing point', '1.', '1.0'],
  ['an empty exponent', '1e', '1e0'],
  ['a hexadecimal number', '0x1', '1'],
  ['a number with underscores', '1_0', '10'],
  ['a BigInt', '1n', '1'],
  ['full-width digits', '\uFF11', '1'],
  ['NaN', 'NaN', 'null'],
  ['Infinity', 'Infinity', '1e999'],
  ['minus alone', '-', '-0'],
  ['undefined', 'undefined', 'null'],
  ['TRUE in capitals', 'TRUE', 'true'],
  ['an expression', '1+1', '2'],
  ['nothing', '', '0'],
  ['an escape \\x', String.raw`"\x41"`, String.raw`"\u0041"`],
  ['a short escape \\u', String.raw`"\u041"`, String.raw`"\u0041"`],
  ['an escaped quote of another kind', String.raw`"\'"`, `"'"`],
  ['a raw line feed', '"\n"', String.raw`"\n"`],
  ['a raw tab', '"\t"', String.raw`"\t"`],
  ['a raw NUL', '"\0"', String.raw`"\u0000"`],
  ['a raw control character', '"\u001F"', String.raw`"\u001f"`],
  ['text without its end', '"x', '"x"'],
  ['an array with a comma too many', '[1,]', '[1]'],
  ['an array with a hole', '[1,,2]', '[1,2]'],
];

export const jsonTextCases: readonly RefusedCase[] = [
  ...textCases(
    { rule: 'no byte order mark', code: 'malformed_token' },
    'one before it',
    (object) => `\uFEFF${object}`,
  ),
  ...NOT_JSON.flatMap(([name, fault]) => textCases(malformed, name, fault)),
  ...NOT_VALUES.flatMap(([name, fault, mended]) =>
    memberCases(malformed, `a value, ${name}`, `"x":${fault}`, `"x":${mended}`),
  ),
];
