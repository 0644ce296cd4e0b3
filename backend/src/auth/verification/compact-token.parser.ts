import { parseJsonObject, type JsonObject } from './strict-json.parser.js';
import { accept, refuse, type Verdict } from './verdict.js';

/** Ours have some 600 bytes; what is longer is refused before anything parses it. */
export const MAX_TOKEN_BYTES = 8 * 1024;

const TYPES = new Set<unknown>([undefined, 'JWT', 'at+jwt']);

/**
 * Members that change what a token means (`crit`, `b64`, `zip`, `cty`) or that bring their own key
 * (`jku`, `jwk`, `x5u`, `x5c`). To ignore one would be to verify something else than its sender did.
 */
const REFUSED_MEMBERS = ['crit', 'b64', 'zip', 'cty', 'jku', 'jwk', 'x5u', 'x5c'];

export interface TokenHeader {
  readonly alg: unknown;
  readonly kid: string | undefined;
}

/** A token by its form: nothing of it is believed yet. */
export interface CompactToken {
  /** The header as it stands in the token. */
  readonly headerSegment: string;
  readonly header: TokenHeader;
  readonly claims: JsonObject;
  /** What the signature is over: header and claims as they stand in the token. */
  readonly signingInput: string;
  readonly signature: Buffer;
}

/**
 * Takes a token apart, before any cryptography: three segments of canonical base64url, of which the
 * first two are strict JSON objects, and a header that asks for nothing we do not do.
 *
 * @param knownHeaders headers that were parsed before, by their segment: an issuer writes few
 * @see https://www.rfc-editor.org/rfc/rfc7519#section-7.2
 */
export function parseCompactToken(
  token: string,
  knownHeaders?: ReadonlyMap<string, TokenHeader>,
): Verdict<CompactToken> {
  if (token.length > MAX_TOKEN_BYTES) return refuse('oversized_token');
  const first = token.indexOf('.');
  const second = token.indexOf('.', first + 1);
  // Without two dots, the slices below would overlap. A third one is no letter of base64url.
  if (second === -1) return refuse('malformed_token');
  const headerSegment = token.slice(0, first);
  const known = knownHeaders?.get(headerSegment);
  const header = known ? accept(known) : parseHeader(headerSegment);
  if (!header.ok) return header;
  const claims = decodeObject(token.slice(first + 1, second));
  const signature = decodeCanonical(token.slice(second + 1));
  if (claims === undefined || signature === undefined) return refuse('malformed_token');
  return accept({
    headerSegment,
    header: header.value,
    claims,
    signingInput: token.slice(0, second),
    signature,
  });
}

function parseHeader(segment: string): Verdict<TokenHeader> {
  const header = decodeObject(segment);
  if (header === undefined) return refuse('malformed_token');
  if (!TYPES.has(header['typ'])) return refuse('unsupported_header', 'typ');
  const refused = REFUSED_MEMBERS.find((member) => Object.hasOwn(header, member));
  if (refused !== undefined) return refuse('unsupported_header', refused);
  const { alg, kid } = header;
  if (kid !== undefined && typeof kid !== 'string') return refuse('unsupported_header', 'kid');
  return accept({ alg, kid });
}

function decodeObject(segment: string): JsonObject | undefined {
  const bytes = decodeCanonical(segment);
  return bytes && parseJsonObject(bytes);
}

/**
 * One token has one spelling: nothing empty, no padding, no stray bits in the last letter, no blanks, no letters of
 * other alphabets, all of which Node's decoder forgives (RFC 7515, 2; RFC 4648, 3.5).
 */
function decodeCanonical(segment: string): Buffer | undefined {
  const bytes = Buffer.from(segment, 'base64url');
  return bytes.length > 0 && bytes.toString('base64url') === segment ? bytes : undefined;
}
