import { parseTokenHeader } from './token-header.parser.js';

const encode = (text: string | Buffer) => Buffer.from(text).toString('base64url');
const token = (header: string, claims = '{}') => `${encode(header)}.${encode(claims)}.c2ln`;
const malformed = { ok: false, code: 'malformed_token' };

describe('parseTokenHeader (FR-016)', () => {
  it('gives the kid of a well-formed token', () => {
    expect(parseTokenHeader(token('{"alg":"HS256","kid":"k","typ":"JWT"}'), 'HS256')).toEqual({
      ok: true,
      value: { kid: 'k' },
    });
  });

  it('accepts JSON white space and members that it does not know', () => {
    const header = ' {\n"alg" : "HS256", "x5t": "abc" } ';
    expect(parseTokenHeader(token(header), 'HS256').ok).toBe(true);
  });

  it('refuses a second spelling of the same token: stray bits in a last character', () => {
    const good = token('{"alg":"HS256"}', '{ }');
    expect(good).toMatch(/\.eyB9\.c2ln$/);
    expect(parseTokenHeader(good, 'HS256').ok).toBe(true);
    // Ng and Nh both decode to the byte "6".
    expect(parseTokenHeader(good.replace('c2ln', 'Ng'), 'HS256').ok).toBe(true);
    expect(parseTokenHeader(good.replace('c2ln', 'Nh'), 'HS256')).toEqual(malformed);
  });

  it.each([
    ['base64 in place of base64url', () => token('{"alg":"HS256"}').replace('c2ln', 'a+/a')],
    ['a blank', () => token('{"alg":"HS256"}').replace('c2ln', 'c2 ln')],
    ['an empty part', () => token('{"alg":"HS256"}', '')],
    [
      'bytes that are not UTF-8',
      () => `${encode(Buffer.from('{"alg":"HS256","x":"\xff"}', 'latin1'))}.e30.c2ln`,
    ],
    ['a byte order mark', () => token('\ufeff{"alg":"HS256"}')],
    ['claims that are no JSON', () => token('{"alg":"HS256"}', '{')],
    ['claims that are null', () => token('{"alg":"HS256"}', 'null')],
    ['claims that are an array', () => token('{"alg":"HS256"}', '[]')],
    ['a header that is null', () => token('null')],
  ])('refuses %s', (_name, bad) => {
    expect(parseTokenHeader(bad(), 'HS256')).toEqual(malformed);
  });

  it('takes an algorithm only from its caller, and a member only from the header itself', () => {
    expect(parseTokenHeader(token('{"alg":"ES256"}'), 'HS256')).toEqual({
      ok: false,
      code: 'unsupported_algorithm',
    });
    expect(parseTokenHeader(token('{"alg":"HS256","crit":null}'), 'HS256')).toEqual({
      ok: false,
      code: 'unsupported_header',
      claim: 'crit',
    });
  });
});
