import { accept, refuse, type Verdict } from './verdict.js';

/** Ours have some 600 bytes; what is longer is refused before anything parses it. */
const MAX_AUTHORIZATION_BYTES = 8 * 1024;

/** RFC 6750, 2.1 (`b64token`); schemes are compared without regard to case (RFC 9110, 11.1). */
const BEARER = /^bearer +([a-z0-9._~+/-]+=*)$/i;
const BEARER_SCHEME = /^bearer(?:\s|$)/i;

/**
 * Reads the access token of a request from its `Authorization` header, and from nowhere else.
 *
 * @param rawHeaders names and values in turn, as received: Node's parsed headers keep only the first
 *   of two `Authorization` headers, and a proxy in front may have looked at the second
 * @see https://www.rfc-editor.org/rfc/rfc6750#section-2.1
 */
export function readBearerToken(rawHeaders: readonly string[]): Verdict<string> {
  let authorization: string | undefined;
  for (let index = 0; index + 1 < rawHeaders.length; index += 2) {
    if (rawHeaders[index]?.toLowerCase() !== 'authorization') continue;
    if (authorization !== undefined) return refuse('ambiguous_token');
    authorization = rawHeaders[index + 1];
  }
  if (authorization === undefined) return refuse('missing_token');
  if (authorization.length > MAX_AUTHORIZATION_BYTES) return refuse('oversized_token');
  const token = BEARER.exec(authorization)?.[1];
  if (token !== undefined) return accept(token);
  return refuse(BEARER_SCHEME.test(authorization) ? 'malformed_token' : 'missing_token');
}
