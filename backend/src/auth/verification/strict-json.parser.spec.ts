import { parseJsonObject } from './strict-json.parser.js';

const parse = (text: string) => parseJsonObject(Buffer.from(text));

describe('parseJsonObject', () => {
  it.each([
    '{}',
    ' \t\r\n{ \t\r\n} \t\r\n',
    '{"a":1,"b":[true,null,"x",1.5e3],"c":{"a":{}}}',
    String.raw`{"a":"\"b\":","c\\":"\\","\"":{},"\u0064":"\u0065:"}`,
    '{"":1," ":2,":":":","\u00e9":"e\u0301"}',
    '{"__proto__":{"x":1},"constructor":{"prototype":1}}',
  ])('reads %j as JSON.parse does', (text) => {
    expect(parse(text)).toEqual(JSON.parse(text));
  });

  it.each([
    '',
    ' ',
    'x',
    '{',
    '{"a":1',
    '[]',
    '[{}]',
    '"a"',
    '1',
    'true',
    'null',
    '{}{}',
    "{'a':1}",
  ])('refuses %j, which is no JSON object', (text) => {
    expect(parse(text)).toBeUndefined();
  });

  it('refuses bytes that are not UTF-8, and a byte order mark', () => {
    expect(parseJsonObject(Buffer.from('{"a":"\u00e9"}', 'latin1'))).toBeUndefined();
    expect(parse('\uFEFF{}')).toBeUndefined();
  });

  it.each([
    ['at the top', '{"a":1,"a":1}'],
    ['below', '{"b":{"a":1,"a":2}}'],
    ['in an array', '{"b":[1,{"a":1,"a":2}]}'],
    ['through an escape', String.raw`{"a":1,"\u0061":1}`],
    ['where the second hides members of the first', '{"a":{"b":1,"c":2},"a":1}'],
    ['before blanks of every kind', '{"a" :1,"b"\t:1,"c"\n:1,"d"\r:1,"d" \t\n\r:1}'],
    ['after text that ends in backslashes', String.raw`{"b":"\\\\","a":1,"a":1}`],
    ['after text with escaped quotes', String.raw`{"b":"\\\"","a":1,"a":1}`],
    ['of the name __proto__', '{"__proto__":{},"__proto__":{}}'],
  ])('refuses a name twice %s', (_where, text) => {
    expect(parse(text)).toBeUndefined();
  });

  it.each([' ', '\t', '\n', '\r', ' \t\n\r'])(
    'takes the blank %j wherever JSON has any',
    (blank) => {
      expect(parse(`{"a"${blank}:1}`)).toEqual({ a: 1 });
      expect(parse(['', '{', '"a"', ':', '[', '1', ',', '"b"', ']', '}', ''].join(blank))).toEqual({
        a: [1, 'b'],
      });
      expect(parse(`{"a"${blank}:1,"a"${blank}:1}`)).toBeUndefined();
    },
  );

  it('takes the same name in different objects', () => {
    expect(parse('{"a":{"a":1},"b":[{"a":1},{"a":1}]}')).toBeDefined();
  });

  it('goes eight levels deep, itself included, and no deeper', () => {
    const objects = (levels: number) => `${'{"a":'.repeat(levels)}1${'}'.repeat(levels)}`;
    const arrays = (levels: number) => `{"a":${'['.repeat(levels - 1)}${']'.repeat(levels - 1)}}`;
    for (const nested of [objects, arrays]) {
      expect(parse(nested(8))).toEqual(JSON.parse(nested(8)));
      expect(parse(nested(9))).toBeUndefined();
    }
  });
});
