import { readBearerToken } from './bearer-token.reader.js';

describe('readBearerToken (FR-015)', () => {
  it('finds the header whatever its case and place', () => {
    const headers = ['Host', 'x', 'aUTHORIZATION', 'Bearer a.b.c', 'Accept', '*/*'];
    expect(readBearerToken(headers)).toEqual({ ok: true, value: 'a.b.c' });
  });

  it('does not take a header value for a header name', () => {
    expect(readBearerToken(['X-Name', 'authorization', 'Bearer a.b.c', 'x'])).toEqual({
      ok: false,
      code: 'missing_token',
    });
  });

  it('refuses a second Authorization header of any scheme', () => {
    const headers = ['authorization', 'Bearer a.b.c', 'Authorization', 'Basic x'];
    expect(readBearerToken(headers)).toEqual({ ok: false, code: 'ambiguous_token' });
  });

  it.each([
    ['Bearer', 'malformed_token'],
    ['Bearer ', 'malformed_token'],
    ['Bearer a b', 'malformed_token'],
    ['Bearer\ta.b.c', 'malformed_token'],
    ['Bearer "a.b.c"', 'malformed_token'],
    ['Bearer a.b.c, Bearer a.b.c', 'malformed_token'],
    ['Bearers a.b.c', 'missing_token'],
    ['Digest a.b.c', 'missing_token'],
    ['', 'missing_token'],
  ])('refuses %j as %s', (value, code) => {
    expect(readBearerToken(['authorization', value])).toEqual({ ok: false, code });
  });

  it('takes a header of 8 kB and refuses one byte more', () => {
    const longest = `Bearer ${'a'.repeat(8 * 1024 - 7)}`;
    expect(readBearerToken(['authorization', longest]).ok).toBe(true);
    expect(readBearerToken(['authorization', `${longest}a`])).toEqual({
      ok: false,
      code: 'oversized_token',
    });
  });
});
