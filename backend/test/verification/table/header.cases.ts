import { headerCase, type RefusedCase } from '../token.case.js';
import type { SignatureAlgorithm } from '../../../src/auth/verification/verification.key.js';
import { GOOD_CLAIMS, verbatim, type TokenDraft } from '../token.draft.js';

const ALGORITHMS: readonly SignatureAlgorithm[] = ['HS256', 'ES256', 'RS256', 'PS256', 'EdDSA'];
const asymmetric = ALGORITHMS.filter((algorithm) => algorithm !== 'HS256');

const algorithm = { rule: 'alg is that of the key', code: 'unsupported_algorithm' } as const;
const key = { rule: 'kid names a key', code: 'unknown_key' } as const;
const member = (name: string) =>
  ({ rule: `header member ${name}`, code: 'unsupported_header', claim: name }) as const;

// Each of these is truly signed by the right key, so that only its `alg` can give it away.
const OTHER_ALGORITHMS: readonly unknown[] = [
  ['none', 'None', 'NONE', 'nOnE', 'none ', '', ' ', 'null', 'any', 'dir', 'A128KW', 'ECDH-ES'],
  ['HS384', 'HS512', 'ES384', 'ES512', 'ES256K', 'RS384', 'RS512', 'PS384', 'PS512', 'Ed25519'],
  ['Ed448', 'RSA1_5', 'SHA256', 'HmacSHA256', 'hs256', 'es256', 'rs256', 'ps256', 'EDDSA'],
  ['HS256\0', 'HS256 ', ' HS256', 'HS256\n', '\uFF28S256', 'HS\u0662\u0665\u0666'],
  [undefined, null, 0, 1, true, false, [], {}, ['HS256'], ['ES256'], { name: 'HS256' }],
].flat();

const OTHER_KEYS: readonly string[] = [
  ['', ' ', 'nobody-s', '0', 'null', 'undefined', 'default', '*', '%', '..', '/dev/null'],
  ['__proto__', 'constructor', 'toString', 'hasOwnProperty', 'valueOf', 'size', 'get'],
  ['../../etc/passwd', "' OR 1=1 --", 'https://evil.example/jwks', 'k'.repeat(4000), '\0'],
].flat();

const OTHER_TYPES: readonly unknown[] = [
  ['', 'jwt', 'Jwt', 'JWT ', ' JWT', 'JWT\0', 'JWS', 'JWE', 'JOSE', 'JOSE+JSON', 'AT+JWT'],
  ['application/jwt', 'application/at+jwt', 'at+JWT', 'id_token+jwt', 'logout+jwt', 'rt+jwt'],
  ['secevent+jwt', 'dpop+jwt', 'kb+jwt', 'client-authentication+jwt', '\uFF2AWT'],
  [null, 0, 1, true, false, [], {}, ['JWT'], { typ: 'JWT' }],
].flat();

/** Members that may not be there at all, with values that mean something, and with none. */
const MEMBERS: Readonly<Record<string, readonly unknown[]>> = {
  crit: [['exp'], ['b64'], [], 'exp', null, false],
  b64: [false, true, null],
  zip: ['DEF', '', null],
  cty: ['JWT', 'application/json', '', null],
  jku: ['https://evil.example/jwks', 'http://localhost:3000/api/auth/jwks', null],
  jwk: [{ kty: 'oct', k: 'AAAA' }, {}, null],
  x5u: ['https://evil.example/cert', null],
  x5c: [['MIIB'], [], null],
};

const show = (value: unknown): string => {
  const text = JSON.stringify(value) ?? 'absent';
  return text.length > 40 ? `${text.slice(0, 20)}… (${text.length} characters)` : text;
};

export const headerCases: readonly RefusedCase[] = [
  ...OTHER_ALGORITHMS.map((alg) => headerCase(algorithm, `alg ${show(alg)}`, { alg })),
  ...ALGORITHMS.map(algorithmOfAnother),
  headerCase(algorithm, 'alg in the prototype only', {
    alg: undefined,
    ['__proto__']: { alg: 'HS256' },
  }),
  headerCase(algorithm, 'alg in another case of its name', { alg: undefined, ALG: 'HS256' }),
  ...OTHER_KEYS.map((kid) => headerCase(key, `kid ${show(kid)}`, { kid })),
  {
    ...headerCase(key, 'no kid where keys have names', { kid: undefined }),
    algorithms: asymmetric,
  },
  {
    ...headerCase(key, 'kid in the prototype only', {
      kid: undefined,
      ['__proto__']: { kid: 'x' },
    }),
    algorithms: asymmetric,
  },
  ...oddSpellings(),
  ...[null, 0, 7, true, false, [], ['x'], {}].map((kid) =>
    headerCase(member('kid'), `kid ${show(kid)}`, { kid }),
  ),
  headerCase(member('kid'), 'kid -0', { kid: verbatim('-0') }),
  ...OTHER_TYPES.map((typ) => headerCase(member('typ'), `typ ${show(typ)}`, { typ })),
  ...Object.entries(MEMBERS).flatMap(([name, values]) =>
    values.map((value) =>
      headerCase(
        member(name),
        `${name} ${show(value)}`,
        { [name]: value },
        { [`${name}s`]: value },
      ),
    ),
  ),
  headerCase(
    member('crit'),
    'crit that names a member which is there',
    { crit: ['exp'], exp: GOOD_CLAIMS['exp'] },
    { exp: GOOD_CLAIMS['exp'] },
  ),
  headerCase(member('b64'), 'b64 through an escape', {
    b64: undefined,
    extra: verbatim(String.raw`1,"b\u00364":true`),
  }),
];

/** The kid that is known, written a little otherwise. */
function oddSpellings(): RefusedCase[] {
  const odd: readonly [string, (kid: string) => string][] = [
    [
      'in another case',
      (kid) => (kid === kid.toUpperCase() ? kid.toLowerCase() : kid.toUpperCase()),
    ],
    ['with a NUL after it', (kid) => `${kid}\0`],
    ['with a blank after it', (kid) => `${kid} `],
    ['with a blank before it', (kid) => ` ${kid}`],
    ['without its last letter', (kid) => kid.slice(0, -1)],
    ['twice', (kid) => kid + kid],
    ['with a combining accent', (kid) => `${kid}\u0301`],
  ];
  return odd.map(([name, write]) => spelled(`the known kid ${name}`, write));
}

function spelled(name: string, write: (kid: string) => string): RefusedCase {
  const header: TokenDraft['header'] = ({ algorithm, kid }) =>
    JSON.stringify({ alg: algorithm, kid: write(kid), typ: 'JWT' });
  return { ...key, name, fault: { header } };
}

function algorithmOfAnother(alg: SignatureAlgorithm): RefusedCase {
  const algorithms = ALGORITHMS.filter((own) => own !== alg);
  return { ...headerCase(algorithm, `alg ${alg} for a key of another`, { alg }), algorithms };
}
