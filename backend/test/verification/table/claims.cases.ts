import { claimsCase, type RefusedCase } from '../token.case.js';
import { GOOD_CLAIMS, NOW, verbatim, type Members } from '../token.draft.js';

// A claim of a wrong type can seldom have the right value, so where a rule of types is deleted, a rule
// of values refuses some of these as well. The code tells the two apart.

const present = (claim: string) =>
  ({ rule: 'required claims', code: 'missing_claim', claim }) as const;
const typed = (claim: string) =>
  ({ rule: 'types of claims', code: 'invalid_claim', claim }) as const;
const issuer = { rule: 'issuer, exactly', code: 'wrong_issuer' } as const;
const audience = { rule: 'audience is ours', code: 'wrong_audience' } as const;
const sameUser = { rule: 'sub is user_id', code: 'invalid_claim', claim: 'user_id' } as const;

const TEXTS = ['iss', 'sub', 'user_id', 'email', 'jti', 'sid'];
const TIMES = ['iat', 'exp', 'nbf'];
const REQUIRED = Object.keys(GOOD_CLAIMS);
const good = (claim: string): unknown => GOOD_CLAIMS[claim] ?? NOW;
const show = (value: unknown): string => JSON.stringify(value);

const NOT_TEXTS: readonly unknown[] = [null, '', 0, 1, true, false, [], {}];
const NOT_NUMBERS: readonly unknown[] = [null, '', '0', true, false, [], {}];
const NOT_AUDIENCES: readonly unknown[] = [null, '', 0, true, false, {}];

/** What a database could not hold, or not tell apart. */
const UNSTORABLE: readonly [string, string][] = [
  ['a NUL', '\0'],
  ['half of a surrogate pair', '\uD83D'],
  ['the other half', '\uDD11'],
  ['both halves in the wrong order', '\uDD11\uD83D'],
];

/** Texts that a careless comparison takes for the right one. */
function nearMisses(text: string): readonly [string, string][] {
  return [
    ['another', 'https://evil.example'],
    ['in capitals', text.toUpperCase()],
    ['with a slash more', `${text}/`],
    ['with a path', `${text}/api`],
    ['with text after it', `${text}.evil.example`],
    ['with text before it', `https://evil.example/${text}`],
    ['with a blank before it', ` ${text}`],
    ['with a blank after it', `${text} `],
    ['with a line feed after it', `${text}\n`],
    ['cut short', text.slice(0, -1)],
    ['of another scheme', text.replace('http:', 'https:')],
    ['with a Cyrillic letter', text.replace('o', '\u043E')],
    ['with a zero-width joiner', text.replace('local', 'local\u200D')],
    ['percent-encoded', text.replace(':', '%3A')],
    ['as a pattern', text.replace('localhost', '.*')],
    ['as the number of a port', text.slice(-4)],
  ];
}

export const claimsCases: readonly RefusedCase[] = [
  ...REQUIRED.map((name) => claimsCase(present(name), `no ${name}`, { [name]: undefined })),
  ...REQUIRED.map((name) =>
    claimsCase(present(name), `${name} in the prototype only`, {
      [name]: undefined,
      ['__proto__']: { [name]: good(name) },
    }),
  ),
  ...REQUIRED.map((name) =>
    claimsCase(present(name), `${name} in capitals`, {
      [name]: undefined,
      [name.toUpperCase()]: good(name),
    }),
  ),
  ...REQUIRED.map((name) =>
    claimsCase(present(name), `${name} with a NUL in its name`, {
      [name]: undefined,
      [`${name}\0`]: good(name),
    }),
  ),
  claimsCase(present('sub'), 'sub with a Cyrillic letter', { sub: undefined, '\u0455ub': 'ada' }),
  claimsCase(present('sid'), 'sid within another claim', { sid: undefined, act: { sid: 's' } }),
  claimsCase(present('exp'), 'exp in the prototype of a constructor', {
    exp: undefined,
    constructor: { prototype: { exp: NOW + 900 } },
  }),
  ...wrongTypes(TEXTS, NOT_TEXTS),
  ...wrongTypes(TIMES, NOT_NUMBERS),
  ...wrongTypes(['aud'], NOT_AUDIENCES),
  ...TEXTS.map((name) => claimsCase(typed(name), `${name} in an array`, { [name]: [good(name)] })),
  ...TIMES.map((name) =>
    claimsCase(
      typed(name),
      `${name} in an array`,
      { [name]: [good(name)] },
      { [name]: good(name) },
    ),
  ),
  ...TIMES.map((name) =>
    claimsCase(
      typed(name),
      `${name} in text`,
      { [name]: String(good(name)) },
      { [name]: good(name) },
    ),
  ),
  ...TIMES.flatMap((name) =>
    ['1e999', '-1e999'].map((text) =>
      claimsCase(typed(name), `${name} ${text}`, { [name]: verbatim(text) }),
    ),
  ),
  ...[1, null, '', [], {}, true].map((other) =>
    claimsCase(
      typed('aud'),
      `aud with ${show(other)} beside ours`,
      { aud: [GOOD_CLAIMS['aud'], other] },
      { aud: [GOOD_CLAIMS['aud'], 'x'] },
    ),
  ),
  ...UNSTORABLE.flatMap(([flaw, text]) =>
    [...TEXTS, 'aud'].map((name) =>
      claimsCase(typed(name), `${name} with ${flaw}`, { [name]: String(good(name)) + text }),
    ),
  ),
  ...UNSTORABLE.map(([flaw, text]) =>
    claimsCase(
      typed('aud'),
      `aud with ${flaw} beside ours`,
      { aud: [good('aud'), text] },
      { aud: [good('aud'), 'x'] },
    ),
  ),
  claimsCase(typed('aud'), 'aud with ours in a second array', { aud: [[GOOD_CLAIMS['aud']]] }),
  ...nearMisses(String(GOOD_CLAIMS['iss'])).map(([name, iss]) =>
    claimsCase(issuer, `iss ${name}`, { iss }),
  ),
  ...nearMisses(String(GOOD_CLAIMS['aud'])).flatMap(([name, aud]) => [
    claimsCase(audience, `aud ${name}`, { aud }),
    claimsCase(audience, `aud ${name}, in an array`, { aud: [aud] }, { aud: [good('aud')] }),
  ]),
  claimsCase(audience, 'no audience in the array', { aud: [] }),
  claimsCase(audience, 'audiences with blanks between', { aud: `${String(good('aud'))} x` }),
  claimsCase(audience, 'our issuer for audience', { aud: GOOD_CLAIMS['iss'] }),
  claimsCase(issuer, 'our audience for issuer', { iss: GOOD_CLAIMS['aud'] }),
  ...['bob', 'Ada', 'ada ', 'ad\u0430', 'a\u0301da', 'ad'].flatMap((other) => [
    claimsCase(sameUser, `user_id ${show(other)}`, { user_id: other }),
    claimsCase(sameUser, `sub ${show(other)}`, { sub: other }),
  ]),
];

function wrongTypes(names: readonly string[], values: readonly unknown[]): RefusedCase[] {
  return names.flatMap((name) =>
    values.map((value): RefusedCase => {
      const mended: Members = { [name]: good(name) };
      return claimsCase(typed(name), `${name} ${show(value)}`, { [name]: value }, mended);
    }),
  );
}
