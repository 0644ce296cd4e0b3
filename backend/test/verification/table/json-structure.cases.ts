import { memberCases, textCases, type RefusedCase } from '../token.case.js';
import {
  GOOD_CLAIMS,
  claimsText,
  headerText,
  withMember,
  type TokenDraft,
} from '../token.draft.js';

const duplicate = { rule: 'no name twice', code: 'malformed_token' } as const;
const deep = { rule: 'bounded depth', code: 'malformed_token' } as const;

/** Name, members with one name twice, and the same with two names. */
const DUPLICATES: readonly [string, string, string][] = [
  ['of one value', '"x":1,"x":1', '"x":1,"y":1'],
  ['of other values', '"x":1,"x":2', '"x":1,"X":2'],
  ['of the empty name', '"":1,"":1', '"":1," ":1'],
  ['through an escape', String.raw`"x":1,"\u0078":1`, String.raw`"x":1,"\u0079":1`],
  [
    'through two spellings of one escape',
    String.raw`"\u00e9":1,"\u00E9":1`,
    String.raw`"\u00e9":1,"\u00E8":1`,
  ],
  ['through an escaped slash', String.raw`"/":1,"\/":1`, String.raw`"/":1,"\\":1`],
  [
    'through an escaped emoji',
    String.raw`"🔑":1,"\ud83d\udd11":1`,
    String.raw`"🔑":1,"\ud83d\udd12":1`,
  ],
  ['of a name with quotes', String.raw`"\"":1,"\"":1`, String.raw`"\"":1,"\\\"":1`],
  ['of a name that ends in a backslash', String.raw`"\\":1,"\\":1`, String.raw`"\\":1,"\\\\":1`],
  ['of a name with a colon', '":":1,":":1', '":":1,"::":1'],
  ['with blanks before the colon', '"x" \t\r\n:1,"x":1', '"x" \t\r\n:1,"y":1'],
  ['with a tab before the colon', '"x"\t:1,"x"\t:1', '"x"\t:1,"y"\t:1'],
  ['with a line feed before the colon', '"x"\n:1,"x"\n:1', '"x"\n:1,"y"\n:1'],
  ['with a carriage return before the colon', '"x"\r:1,"x"\r:1', '"x"\r:1,"y"\r:1'],
  ['of __proto__', '"__proto__":1,"__proto__":1', '"__proto__":1,"_proto_":1'],
  ['of constructor', '"constructor":1,"constructor":1', '"constructor":1,"toString":1'],
  ['that hides an object', '"x":{"y":1},"x":1', '"x":{"y":1},"z":1'],
  ['that hides an array of objects', '"x":[{"y":1}],"x":{}', '"x":[{"y":1}],"z":{}'],
  ['within an object', '"x":{"y":1,"y":2}', '"x":{"y":1,"z":2}'],
  ['within an object in an array', '"x":[0,{"y":1,"y":1}]', '"x":[0,{"y":1},{"y":1}]'],
  ['at the deepest level', nested(6, '{"y":1,"y":1}'), nested(6, '{"y":1,"z":1}')],
  [
    'after text that looks like a name',
    String.raw`"x":"\"y\":","y":1,"y":1`,
    String.raw`"x":"\"y\":","y":1`,
  ],
  ['three times', '"x":1,"x":1,"x":1', '"x":1,"y":1,"z":1'],
  ['as a number', '"1":1,"1":1', '"1":1,"01":1'],
];

/** A member of `levels` arrays and objects around a value, within the object that it is added to. */
function nested(levels: number, value: string): string {
  let text = value;
  for (let level = levels; level > 0; level -= 1)
    text = level % 2 === 0 ? `[${text}]` : `{"n":${text}}`;
  return `"n":${text}`;
}
const arrays = (levels: number) => `"n":${'['.repeat(levels)}${']'.repeat(levels)}`;
const objects = (levels: number) => `"n":${'{"n":'.repeat(levels)}1${'}'.repeat(levels)}`;
const wide = (levels: number) =>
  `"n":[{},[],${'['.repeat(levels - 1)}${']'.repeat(levels - 1)},{}]`;

export const jsonStructureCases: readonly RefusedCase[] = [
  ...DUPLICATES.flatMap(([name, fault, mended]) => memberCases(duplicate, name, fault, mended)),
  ...Object.entries(GOOD_CLAIMS).map(([name, value]) =>
    twice(`claim ${name} twice, with one value`, {
      claims: () => withMember(claimsText(), `"${name}":${JSON.stringify(value)}`),
    }),
  ),
  ...Object.keys(GOOD_CLAIMS).map((name) =>
    twice(`claim ${name} twice, the bad one first`, {
      claims: () => claimsText().replace('{', `{"${name}":null,`),
    }),
  ),
  ...['alg', 'kid', 'typ'].map((name) =>
    twice(`header member ${name} twice, the bad one first`, {
      header: (signer) => headerText(signer).replace('{', `{"${name}":null,`),
    }),
  ),
  twice('claim sub twice, once through an escape', {
    claims: () => withMember(claimsText(), String.raw`"\u0073ub":"ada"`),
  }),
  ...memberCases(deep, 'eight levels of objects below', objects(8), objects(7)),
  ...memberCases(deep, 'eight levels of arrays below', arrays(8), arrays(7)),
  ...memberCases(deep, 'eight levels of both below', nested(8, '1'), nested(7, '1')),
  ...memberCases(deep, 'one deep value among shallow ones', wide(8), wide(7)),
  ...textCases(
    deep,
    'two thousand levels',
    (object) => withMember(object, arrays(2000)),
    (object) => withMember(object, arrays(2)),
  ),
];

function twice(name: string, fault: Partial<TokenDraft>): RefusedCase {
  return { ...duplicate, name, fault };
}
