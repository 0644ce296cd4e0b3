import {
  claimsText,
  GOOD_CLAIMS,
  headerText,
  NOW,
  verbatim,
  withMember,
  type Members,
  type TokenDraft,
} from './token.draft.js';

/** A token that is unusual and good all the same. */
export interface AcceptedCase {
  readonly name: string;
  readonly draft: Partial<TokenDraft>;
}

const claims = (name: string, changes: Members): AcceptedCase => ({
  name,
  draft: { claims: () => claimsText(changes) },
});
const header = (name: string, changes: Members): AcceptedCase => ({
  name,
  draft: { header: (signer) => headerText(signer, changes) },
});
/** The same change of the JSON text of header and claims. */
const text = (name: string, change: (object: string) => string | Buffer): AcceptedCase => ({
  name,
  draft: { header: (signer) => change(headerText(signer)), claims: () => change(claimsText()) },
});
const member = (name: string, written: string): AcceptedCase =>
  text(name, (object) => withMember(object, written));

const times = (name: string, iat: number, exp: number, nbf?: number) =>
  claims(name, { iat, exp, nbf });

export const acceptedCases: readonly AcceptedCase[] = [
  { name: 'as the issuer writes it', draft: {} },
  text('white space at both ends', (object) => ` \t\r\n${object}\n\r\t `),
  text('white space between all', (object) => object.replaceAll(/("[:,]|[{,])/g, '$1 \t\r\n')),
  text('white space before colons', (object) => object.replaceAll('":', '" \t\r\n:')),
  text('indented', (object) => JSON.stringify(JSON.parse(object), null, 2)),
  text('a name through an escape, once', escapedNames),
  text('all names and texts through escapes', (object) =>
    object.replaceAll(/[A-Za-z_]/g, unicodeEscape),
  ),
  member('an unknown member', '"x":1'),
  member('an unknown member of each type', '"x":[null,true,false,1.5,"",{},[]]'),
  member('the empty name', '"":1'),
  member('__proto__', '"__proto__":{"sub":"eve","alg":"none","crit":["x"]}'),
  member('constructor and toString', '"constructor":{"prototype":{"sub":1}},"toString":1'),
  member('the same name in other objects', '"x":{"x":[{"x":1},{"x":1}]}'),
  member('names that differ by case', '"x":1,"X":1,"SUB":"eve","ALG":"none","Typ":"x"'),
  member('names that differ by normal form', '"\u00e9":1,"e\u0301":1'),
  member('seven levels below', `"n":${'[{"n":'.repeat(3)}[]${'}]'.repeat(3)}`),
  member('a thousand elements', `"x":[${'1,'.repeat(999)}1]`),
  member('text that looks like members', String.raw`"x":"\",\"sub\":\"eve\",\"x\":\""`),
  member('text of quotes and colons', String.raw`"x":["\":","\\\":",":\"","{\"a\":1}"]`),
  member('text that ends in backslashes', String.raw`"x":["\\","\\\\","\\\"","\\\\\\"]`),
  member('names that end in backslashes', String.raw`"\\":1,"\\\\":1,"\\\"":1,"\"":1`),
  member('names of colons and braces', '":":1,"::":1,"{":1,"}":1,",":1,"[":1'),
  member('every escape', String.raw`"x":"\"\\\/\b\f\n\r\t\u0041\u00e9\u20AC\ud83d\udd11"`),
  member('an escaped NUL', String.raw`"x":"\u0000"`),
  member('text of other scripts', '"имя":"Ада","名前":"エイダ","اسم":"آدا"'),
  member('emoji', '"🔑":"👩‍💻"'),
  member('separators of lines within text', '"x":"\u2028\u2029\u0085"'),
  member('a byte order mark within text', '"x":"\uFEFF"'),
  member('characters that are none', '"x":"\uFFFE\uFFFF\u{10FFFF}"'),
  member('numbers of all spellings', '"x":[0,-0,1E3,1e+3,1.50,-1e-3,9007199254740993,1e-999]'),
  member('a number beyond all numbers, in an unknown member', '"x":1e999'),
  member('a long text', `"x":"${'x'.repeat(2500)}"`),
  header('no typ', { typ: undefined }),
  header('typ at+jwt', { typ: 'at+jwt' }),
  header('typ through an escape', { typ: verbatim(String.raw`"\u004aWT"`) }),
  header('members that name the key in other ways', { x5t: 'AAAA', 'x5t#S256': 'AAAA' }),
  {
    name: 'members in another order',
    draft: {
      header: ({ algorithm, kid }) => JSON.stringify({ typ: 'JWT', kid, alg: algorithm }),
      claims: () => JSON.stringify(Object.fromEntries(Object.entries(GOOD_CLAIMS).toReversed())),
    },
  },
  header('members that sound like refused ones', { CRIT: ['x'], crits: 1, Jku: 'x', ' b64': 1 }),
  header('claims in the header', { iss: GOOD_CLAIMS['iss'], sub: 'eve', aud: 'x' }),
  claims('our audience alone in an array', { aud: [GOOD_CLAIMS['aud']] }),
  claims('our audience first', { aud: [GOOD_CLAIMS['aud'], 'x'] }),
  claims('our audience last', { aud: ['x', 'y', GOOD_CLAIMS['aud']] }),
  claims('our audience twice', { aud: [GOOD_CLAIMS['aud'], GOOD_CLAIMS['aud']] }),
  claims('an id of another script', { sub: 'エイダ', user_id: 'エイダ' }),
  claims('an id with blanks and signs', { sub: ' a/b?c#d%e ', user_id: ' a/b?c#d%e ' }),
  claims('an id __proto__', { sub: '__proto__', user_id: '__proto__' }),
  claims('an id of one letter', { sub: '0', user_id: '0' }),
  claims('an e-mail that is none', { email: '@' }),
  claims('nbf 0', { nbf: 0 }),
  claims('nbf -0', { nbf: verbatim('-0') }),
  claims('nbf now', { nbf: NOW }),
  claims('times with fractions', { iat: NOW - 0.25, exp: NOW + 899.5, nbf: NOW - 0.5 }),
  claims('times with exponents', { iat: verbatim('1.8e9'), exp: verbatim('18000009e2') }),
  times('as old as it may be', NOW - 904, NOW - 4),
  times('the last fraction of the tolerance', NOW - 904, NOW - 4.001),
  times('issued 60 s ahead', NOW + 60, NOW + 900),
  times('valid from the end of the tolerance on', NOW, NOW + 900, NOW + 5),
  times('the longest life', NOW, NOW + 900),
  times('a life of no time, within the tolerance', NOW, NOW),
];

function escapedNames(object: string): string {
  return object.replace(/"(\w)/, (_match, letter: string) => `"${unicodeEscape(letter)}`);
}

function unicodeEscape(letter: string): string {
  return String.raw`\u` + letter.charCodeAt(0).toString(16).padStart(4, '0');
}
