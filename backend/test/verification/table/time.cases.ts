import { claimsCase, type RefusedCase } from '../token.case.js';
import { NOW, verbatim, type Members } from '../token.draft.js';

// Tolerance 5 s, longest life 900 s, an issuer's clock at most 60 s ahead: see token.verifiers.ts.

const expired = { rule: 'exp', code: 'expired' } as const;
const early = { rule: 'nbf', code: 'not_yet_valid' } as const;
const ahead = { rule: 'iat is not ahead', code: 'issued_in_future' } as const;
const life = { rule: 'longest life', code: 'excessive_life' } as const;

/** Issued as long ago as an unexpired token can have been. */
const old = (exp: unknown): Members => ({ iat: NOW - 600, exp });
const inMilliseconds = NOW * 1000;

export const timeCases: readonly RefusedCase[] = [
  claimsCase(expired, 'expired for as long as the tolerance', old(NOW - 5), old(NOW - 4)),
  claimsCase(expired, 'a fraction before that', old(NOW - 5.001), old(NOW - 4.999)),
  claimsCase(expired, 'expired for a minute', old(NOW - 60), old(NOW)),
  claimsCase(expired, 'exp 0', { iat: 0, exp: 0 }, { exp: NOW + 900 }),
  claimsCase(expired, 'exp -0', { exp: verbatim('-0') }),
  claimsCase(expired, 'exp negative', { exp: -NOW }),
  claimsCase(expired, 'exp as small as numbers are', { exp: verbatim('5e-324') }),
  claimsCase(expired, 'exp as far back as numbers go', { exp: -Number.MAX_VALUE }),
  claimsCase(expired, 'exp in minutes', { exp: NOW / 60 }),
  claimsCase(early, 'nbf a second beyond the tolerance', { nbf: NOW + 6 }, { nbf: NOW + 5 }),
  claimsCase(early, 'nbf a fraction beyond the tolerance', { nbf: NOW + 5.001 }, { nbf: NOW + 5 }),
  claimsCase(early, 'nbf beyond exp', { nbf: NOW + 901 }, { nbf: NOW }),
  claimsCase(early, 'nbf in milliseconds', { nbf: inMilliseconds }, { nbf: NOW }),
  claimsCase(early, 'nbf as far ahead as numbers go', { nbf: Number.MAX_VALUE }, { nbf: 0 }),
  claimsCase(ahead, 'iat 61 s ahead', { iat: NOW + 61 }, { iat: NOW + 60 }),
  claimsCase(ahead, 'iat a fraction beyond 60 s', { iat: NOW + 60.001 }, { iat: NOW + 60 }),
  claimsCase(ahead, 'iat after exp', { iat: NOW + 901 }, { iat: NOW }),
  claimsCase(ahead, 'iat in milliseconds', { iat: inMilliseconds }),
  claimsCase(ahead, 'iat as far ahead as numbers go', { iat: Number.MAX_VALUE }),
  claimsCase(life, 'exp a second beyond the longest life', { exp: NOW + 901 }, { exp: NOW + 900 }),
  claimsCase(life, 'exp a fraction beyond it', { exp: NOW + 900.001 }, { exp: NOW + 900 }),
  claimsCase(life, 'iat a second too long ago', { iat: NOW - 1 }, { iat: NOW }),
  claimsCase(
    life,
    'a life too long, of which little is left',
    { iat: NOW - 900, exp: NOW + 1 },
    { iat: NOW - 900, exp: NOW },
  ),
  claimsCase(life, 'exp in milliseconds', { exp: inMilliseconds }),
  claimsCase(life, 'exp 2^53', { exp: 2 ** 53 }),
  claimsCase(life, 'exp as far ahead as numbers go', { exp: Number.MAX_VALUE }),
  claimsCase(life, 'iat 0', { iat: 0 }),
  claimsCase(life, 'iat -0', { iat: verbatim('-0') }),
  claimsCase(life, 'iat as far back as numbers go', { iat: -Number.MAX_VALUE }),
  claimsCase(life, 'a life beyond all numbers', { iat: -Number.MAX_VALUE, exp: Number.MAX_VALUE }),
];
