import { validateClaims, validateTimes, type ClaimRules } from './claims.validator.js';

const NOW = 1_800_000_000;
const rules: ClaimRules = {
  issuer: 'https://web',
  audience: 'https://api',
  clockToleranceSeconds: 5,
  maxLifeSeconds: 900,
  requiredTexts: ['user_id', 'email', 'jti', 'sid'],
  optionalTexts: [],
  sameAsSubject: 'user_id',
};
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
const outcome = (changes: Record<string, unknown>, changedRules: Partial<ClaimRules> = {}) => {
  const verdict = validateClaims(claims(changes), { ...rules, ...changedRules }, NOW);
  return verdict.ok ? 'accepted' : [verdict.code, verdict.claim].filter(Boolean).join(' ');
};

describe('validateClaims (FR-010, FR-017, FR-027)', () => {
  it('gives back the claims that it accepted', () => {
    const given = claims();
    const verdict = validateClaims(given, rules, NOW);
    expect(verdict.ok && verdict.value).toBe(given);
  });

  it.each(['iss', 'aud', 'sub', 'user_id', 'email', 'iat', 'exp', 'jti', 'sid'])(
    'requires %s, and names it for the log',
    (claim) => {
      expect(outcome({ [claim]: undefined })).toBe(`missing_claim ${claim}`);
      expect(outcome({ [claim]: null })).toBe(`invalid_claim ${claim}`);
    },
  );

  it.each([Number.NaN, Infinity, -Infinity, '1800000900', true, [NOW + 900], {}, 10n])(
    'refuses %p for a time',
    (time) => {
      for (const claim of ['iat', 'exp', 'nbf']) {
        expect(outcome({ [claim]: time })).toBe(`invalid_claim ${claim}`);
      }
    },
  );

  it.each(['a\0', '\0', '\uD83D', 'a\uDD11', '\uDD11\uD83D'])(
    'refuses text that no database could tell from other text: %j',
    (text) => {
      for (const claim of ['iss', 'aud', 'sub', 'user_id', 'email', 'jti', 'sid']) {
        expect(outcome({ [claim]: text })).toBe(`invalid_claim ${claim}`);
      }
      expect(outcome({ aud: ['https://api', text] })).toBe('invalid_claim aud');
    },
  );

  it('takes text of any script for an id', () => {
    for (const id of ['\u{1F511}', '\u0001', 'エイダ', '\uFFFD']) {
      expect(outcome({ sub: id, user_id: id })).toBe('accepted');
    }
  });

  it('compares issuer and audience exactly', () => {
    expect(outcome({ iss: 'https://WEB' })).toBe('wrong_issuer');
    expect(outcome({ aud: 'https://api.example' })).toBe('wrong_audience');
    expect(outcome({ aud: ['https://api.example'] })).toBe('wrong_audience');
    expect(outcome({ aud: ['https://other', 'https://api'] })).toBe('accepted');
  });

  it('says what is wrong in the order of types, issuer, audience, user, life, times', () => {
    const wrong = { iss: 'x', aud: 'x', sub: 'x', iat: NOW - 2000, exp: NOW - 1000 };
    expect(outcome({ ...wrong, nbf: 'x' })).toBe('invalid_claim nbf');
    expect(outcome(wrong)).toBe('wrong_issuer');
    expect(outcome({ ...wrong, iss: rules.issuer })).toBe('wrong_audience');
    const ours = { ...wrong, iss: rules.issuer, aud: rules.audience };
    expect(outcome(ours)).toBe('invalid_claim user_id');
    expect(outcome({ ...ours, sub: 'ada' })).toBe('excessive_life');
    expect(outcome({ ...ours, sub: 'ada', iat: NOW - 1500 })).toBe('expired');
  });

  it('lets no token live longer than is allowed (FR-012)', () => {
    expect(outcome({ iat: NOW - 1, exp: NOW + 899 })).toBe('accepted');
    expect(outcome({ iat: NOW - 1, exp: NOW + 900 })).toBe('excessive_life');
  });
});

describe('the claims of a foreign issuer', () => {
  const foreign = { requiredTexts: ['oid'], optionalTexts: ['upn'], sameAsSubject: 'oid' };

  it('are required by the names that it gives them, and no others', () => {
    const none = { user_id: undefined, email: undefined, jti: undefined, sid: undefined };
    expect(outcome({ ...none, oid: 'ada' }, foreign)).toBe('accepted');
    expect(outcome(none, foreign)).toBe('missing_claim oid');
    expect(outcome({ ...none, oid: 'bob' }, foreign)).toBe('invalid_claim oid');
  });

  it('may be absent where they are optional, and have their type where they are not', () => {
    expect(outcome({ oid: 'ada', upn: 'a@b' }, foreign)).toBe('accepted');
    for (const upn of ['', null, 1, ['a@b']]) {
      expect(outcome({ oid: 'ada', upn }, foreign)).toBe('invalid_claim upn');
    }
  });

  it('include iss, sub, aud, iat and exp whatever it calls the others', () => {
    for (const claim of ['iss', 'sub', 'aud', 'iat', 'exp']) {
      expect(outcome({ oid: 'ada', [claim]: undefined }, foreign)).toBe(`missing_claim ${claim}`);
    }
  });

  it('need no second name for the subject', () => {
    expect(outcome({}, { ...foreign, requiredTexts: [], sameAsSubject: 'sub' })).toBe('accepted');
  });
});

describe('validateTimes', () => {
  const times = (changes: Record<string, unknown>, now = NOW, tolerance = 5) => {
    const accepted = validateClaims(claims(), rules, NOW);
    if (!accepted.ok) throw new Error('the claims are good');
    const given = { ...accepted.value, ...changes };
    const verdict = validateTimes(given, { ...rules, clockToleranceSeconds: tolerance }, now);
    return verdict.ok ? 'accepted' : verdict.code;
  };

  it('counts the moment of exp as expired, and adds the clock tolerance to it (FR-017)', () => {
    expect(times({ exp: NOW - 4 })).toBe('accepted');
    expect(times({ exp: NOW - 5 })).toBe('expired');
    expect(times({ exp: NOW + 1 }, NOW, 0)).toBe('accepted');
    expect(times({ exp: NOW }, NOW, 0)).toBe('expired');
  });

  it('accepts from the moment of nbf on, and subtracts the clock tolerance from it (FR-017)', () => {
    expect(times({ nbf: NOW + 5 })).toBe('accepted');
    expect(times({ nbf: NOW + 6 })).toBe('not_yet_valid');
    expect(times({ nbf: NOW }, NOW, 0)).toBe('accepted');
    expect(times({ nbf: NOW + 1 }, NOW, 0)).toBe('not_yet_valid');
  });

  it('bears an issuer whose clock is a minute ahead, whatever the tolerance', () => {
    expect(times({ iat: NOW + 60 }, NOW, 0)).toBe('accepted');
    expect(times({ iat: NOW + 61 }, NOW, 60)).toBe('issued_in_future');
  });

  it('gives back the claims', () => {
    const accepted = validateClaims(claims(), rules, NOW);
    expect(accepted.ok && validateTimes(accepted.value, rules, NOW)).toEqual(accepted);
  });
});
