import { accept, refuse, type Verdict } from './verdict.js';

const BASE64URL = /^[A-Za-z0-9_-]+$/;
const TYPES = new Set<unknown>([undefined, 'JWT', 'at+jwt']);

/**
 * Members that change what a token means (`crit`, `b64`, `zip`, `cty`) or that bring their own key
 * (`jku`, `jwk`, `x5u`, `x5c`). To ignore one would be to verify something else than its sender did.
 */
const REFUSED_MEMBERS = ['crit', 'b64', 'zip', 'cty', 'jku', 'jwk', 'x5u', 'x5c'];

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/**
 * Checks the form of a token, and its header, before any cryptography.
 *
 * @param token what followed `Bearer`
 * @param algorithm the one algorithm configured here; a token never chooses (RFC 8725, 3.1)
 * @returns the `kid`, if the header names one
 */
export function parseTokenHeader(
  token: string,
  algorithm: string,
): Verdict<{ kid: string | undefined }> {
  const segments = token.split('.');
  if (segments.length !== 3 || !segments.every(isCanonicalBase64Url)) {
    return refuse('malformed_token');
  }
  const header = parseObject(segments[0]);
  // Claims are not read yet, but what is no JSON object (a signed `null`, say) would crash a verifier.
  if (header === undefined || parseObject(segments[1]) === undefined) {
    return refuse('malformed_token');
  }
  if (header['alg'] !== algorithm) return refuse('unsupported_algorithm');
  if (!TYPES.has(header['typ'])) return refuse('unsupported_header', 'typ');
  const refused = REFUSED_MEMBERS.find((member) => Object.hasOwn(header, member));
  if (refused !== undefined) return refuse('unsupported_header', refused);
  const kid = header['kid'];
  if (kid !== undefined && typeof kid !== 'string') return refuse('unsupported_header', 'kid');
  return accept({ kid });
}

/** One token has one spelling: no padding, no stray bits in the last character, no blanks. */
function isCanonicalBase64Url(segment: string): boolean {
  return (
    BASE64URL.test(segment) && Buffer.from(segment, 'base64url').toString('base64url') === segment
  );
}

function parseObject(segment: string | undefined): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(utf8.decode(Buffer.from(segment ?? '', 'base64url')));
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? (value as Record<string, unknown>)
      : undefined;
  } catch {
    return undefined;
  }
}
