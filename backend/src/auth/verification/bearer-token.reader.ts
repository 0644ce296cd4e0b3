import { MAX_TOKEN_BYTES } from './compact-token.parser.js';
import { accept, refuse, type Verdict } from './verdict.js';

const NAME = 'authorization';

/** Schemes are compared without regard to case (RFC 9110, 11.1). */
const BEARER = /^bearer(?![^\s]) */i;

/**
 * Reads the access token of a request from its `Authorization` header, and from nowhere else.
 *
 * @param rawHeaders names and values in turn, as received: Node's parsed headers keep only the first
 *   of two `Authorization` headers, and a proxy in front may have looked at the second
 * @returns what follows `Bearer`, of which nothing was checked but the length
 * @see https://www.rfc-editor.org/rfc/rfc6750#section-2.1
 */
export function readBearerToken(rawHeaders: readonly string[]): Verdict<string> {
  let authorization: string | undefined;
  for (let index = 0; index + 1 < rawHeaders.length; index += 2) {
    const name = rawHeaders[index];
    if (name?.length !== NAME.length || name.toLowerCase() !== NAME) continue;
    if (authorization !== undefined) return refuse('ambiguous_token');
    authorization = rawHeaders[index + 1];
  }
  if (authorization === undefined) return refuse('missing_token');
  if (authorization.length > MAX_TOKEN_BYTES) return refuse('oversized_token');
  const scheme = BEARER.exec(authorization)?.[0];
  if (scheme === undefined) return refuse('missing_token');
  return accept(authorization.slice(scheme.length));
}
