import { readBearerToken } from './bearer-token.reader.js';

const refusal = (code: string) => ({ ok: false, code });

describe('readBearerToken (FR-015)', () => {
  it('finds the header whatever its case and place', () => {
    const headers = ['Host', 'x', 'aUTHORIZATION', 'Bearer a.b.c', 'Accept', '*/*'];
    expect(readBearerToken(headers)).toEqual({ ok: true, value: 'a.b.c' });
  });

  it('does not take a header value for a header name', () => {
    const headers = ['X-Name', 'authorization', 'Bearer a.b.c', 'x'];
    expect(readBearerToken(headers)).toEqual(refusal('missing_token'));
  });

  it.each(['authorisation', 'authorization2', 'x-authorization', 'proxy-authorization', ''])(
    'looks at no other header: %j',
    (name) => {
      expect(readBearerToken([name, 'Bearer a.b.c'])).toEqual(refusal('missing_token'));
    },
  );

  it('finds nothing where there is nothing', () => {
    expect(readBearerToken([])).toEqual(refusal('missing_token'));
    expect(readBearerToken(['authorization'])).toEqual(refusal('missing_token'));
  });

  it.each(['Basic x', 'Bearer a.b.c', ''])(
    'refuses a second Authorization header: %j',
    (second) => {
      const headers = ['authorization', 'Bearer a.b.c', 'Authorization', second];
      expect(readBearerToken(headers)).toEqual(refusal('ambiguous_token'));
      expect(readBearerToken([...headers].with(1, second))).toEqual(refusal('ambiguous_token'));
    },
  );

  it.each([
    ['Bearer a.b.c', 'a.b.c'],
    ['bEARER a.b.c', 'a.b.c'],
    // RFC 9110, 11.4: one or more blanks.
    ['Bearer   a.b.c', 'a.b.c'],
    // Nothing of these is a token, which is for the parser to say.
    ['Bearer', ''],
    ['Bearer ', ''],
    ['Bearer a b', 'a b'],
    ['Bearer a ', 'a '],
    ['Bearer\ta.b.c', '\ta.b.c'],
    ['Bearer a.b.c, Bearer a.b.c', 'a.b.c, Bearer a.b.c'],
  ])('gives what follows the scheme in %j, as it stands', (value, token) => {
    expect(readBearerToken(['authorization', value])).toEqual({ ok: true, value: token });
  });

  it.each([
    'Bearers a.b.c',
    'Bearer:a.b.c',
    'Digest a.b.c',
    'a.b.c',
    ' Bearer a.b.c',
    'x Bearer a',
    '',
  ])('sees no bearer token in %j', (value) => {
    expect(readBearerToken(['authorization', value])).toEqual(refusal('missing_token'));
  });

  it('takes a header of 8 kB and refuses one byte more, of whatever scheme', () => {
    const longest = `Bearer ${'a'.repeat(8 * 1024 - 7)}`;
    expect(readBearerToken(['authorization', longest]).ok).toBe(true);
    expect(readBearerToken(['authorization', `${longest}a`])).toEqual(refusal('oversized_token'));
    const other = `Basic ${'a'.repeat(8 * 1024)}`;
    expect(readBearerToken(['authorization', other])).toEqual(refusal('oversized_token'));
  });
});
