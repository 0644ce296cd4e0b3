import { createHmac, createSecretKey, timingSafeEqual } from 'node:crypto';
import { authenticateBearer } from '#api/auth/bearer.authenticator.js';
import { ISSUER, SECRET, claims, mint, signingInput } from '../tokens.js';
import { asymmetricCases } from './asymmetric.cases.js';
import {
  createVerifier,
  outcomeOf,
  parseSegment,
  verifying,
  type Case,
} from './verification.case.js';

/** More than the cache of verified tokens holds: each is at its first sight again when its turn comes. */
const UNSEEN = 12_000;
const KIB = 1024;

/** What no verification of an HS256 token can do without. */
function limit(token: string): Case {
  const key = createSecretKey(Buffer.from(SECRET));
  const run = () => {
    const [header, set, signature = ''] = token.split('.');
    const expected = createHmac('sha256', key).update(`${header}.${set}`).digest();
    if (!timingSafeEqual(expected, Buffer.from(signature, 'base64url'))) return false;
    return parseSegment(header) !== undefined && parseSegment(set) !== undefined;
  };
  return { title: 'limit: createHmac + timingSafeEqual + 2 JSON.parse', run, expected: true };
}

/** In the order of the table. */
export function createCases() {
  const token = mint();
  const [header = '', , signature = ''] = token.split('.');
  const unfinished = Buffer.from(JSON.stringify(claims()).slice(0, -1)).toString('base64url');
  // As `cold`, so that a refusal and an acceptance of the same kernel are compared; and as in use, where
  // good tokens come by as well.
  const usual = createVerifier(0);
  void usual.verify(token);
  const refused = (title: string, bad: string, code: string) =>
    verifying(`refused: ${title}`, usual, [bad], code);
  const rawHeaders = [
    'Host',
    'api.example.com',
    'Authorization',
    `Bearer ${'x'.repeat(100 * KIB)}`,
  ];
  const es256 = asymmetricCases('ES256');
  const edDsa = asymmetricCases('EdDSA');
  const rs256 = asymmetricCases('RS256');
  const ps256 = asymmetricCases('PS256');
  return {
    limit: limit(token),
    cold: verifying('HS256, cold', createVerifier(0), [token]),
    firstSight: verifying(
      'HS256, first sight, into the cache',
      createVerifier(),
      Array.from({ length: UNSEEN }, () => mint()),
    ),
    cached: verifying('HS256, cached', createVerifier(), [token]),
    es256Bare: es256.bare,
    es256Plain: es256.plain,
    es256: es256.cold,
    edDsaBare: edDsa.bare,
    edDsaPlain: edDsa.plain,
    edDsa: edDsa.cold,
    rs256Bare: rs256.bare,
    rs256: rs256.cold,
    ps256Bare: ps256.bare,
    ps256: ps256.cold,
    // The dearest kind: its flaw is the last thing that the parser comes to.
    malformed: refused('malformed', `${header}.${unfinished}.${signature}`, 'malformed_token'),
    forged: refused('bad signature', mint({}, `${SECRET}x`), 'bad_signature'),
    expired: refused('expired', mint({ iat: 1_700_000_000, exp: 1_700_000_900 }), 'expired'),
    audience: refused('wrong audience', mint({ aud: ISSUER }), 'wrong_audience'),
    unknownKey: refused(
      'unknown key',
      `${signingInput({ alg: 'HS256', kid: 'unknown', typ: 'JWT' }, claims())}.${signature}`,
      'unknown_key',
    ),
    garbage: {
      title: 'refused: 100 kB of garbage in the header',
      run: () => {
        return outcomeOf(authenticateBearer({ rawHeaders }, usual));
      },
      expected: 'oversized_token',
    },
  } satisfies Record<string, Case>;
}

export type MicroName = keyof ReturnType<typeof createCases>;
