import { validateClaims } from './claims.validator.js';

const NOW = 1_800_000_000;
const expected = { issuer: 'https://web', audience: 'https://api', clockToleranceSeconds: 5 };
const claims = (changes: Record<string, unknown> = {}) => ({
  iss: 'https://web',
  aud: 'https://api',
  sub: 'ada',
  user_id: 'ada',
  email: 'ada@example.com',
  iat: NOW,
  exp: NOW + 900,
  jti: 'j',
  sid: 's',
  ...changes,
});
const codeOf = (set: unknown) => {
  const verdict = validateClaims(set, expected, NOW);
  return verdict.ok ? 'accepted' : verdict.code;
};

describe('validateClaims (FR-010, FR-017, FR-027)', () => {
  it('gives back the claims that it accepted', () => {
    expect(validateClaims(claims(), expected, NOW)).toEqual({ ok: true, value: claims() });
  });

  it('counts the moment of exp as expired, and adds the clock tolerance to it (FR-017)', () => {
    expect(codeOf(claims({ exp: NOW - 4 }))).toBe('accepted');
    expect(codeOf(claims({ exp: NOW - 5 }))).toBe('expired');
  });

  it('accepts from the moment of nbf on, and subtracts the clock tolerance from it (FR-017)', () => {
    expect(codeOf(claims({ nbf: NOW + 5 }))).toBe('accepted');
    expect(codeOf(claims({ nbf: NOW + 6 }))).toBe('not_yet_valid');
  });

  it.each([null, [], 'text', 7, undefined])('refuses %j in place of a claims set', (set) => {
    expect(codeOf(set)).toBe('malformed_token');
  });

  it.each([Number.NaN, Number.POSITIVE_INFINITY, '1800000900', true, [NOW + 900]])(
    'refuses %p for a time',
    (exp) => {
      expect(codeOf(claims({ exp }))).toBe('invalid_claim');
    },
  );

  it('names the claim at fault, for the log', () => {
    expect(validateClaims(claims({ sid: undefined }), expected, NOW)).toEqual({
      ok: false,
      code: 'missing_claim',
      claim: 'sid',
    });
  });

  it('compares issuer and audience exactly', () => {
    expect(codeOf(claims({ iss: 'https://WEB' }))).toBe('wrong_issuer');
    expect(codeOf(claims({ aud: 'https://api.example' }))).toBe('wrong_audience');
    expect(codeOf(claims({ aud: ['https://other', 'https://api'] }))).toBe('accepted');
  });
});
