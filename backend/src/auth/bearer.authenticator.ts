import { readBearerToken } from './verification/bearer-token.reader.js';
import type { TokenVerifier, VerifiedToken } from './verification/token.verifier.js';
import type { Verdict } from './verification/verdict.js';

/** Reads and verifies the token of a request of either HTTP adapter. See {@link TokenVerifier.verify}. */
export function authenticateBearer(
  request: object,
  verifier: TokenVerifier,
): Verdict<VerifiedToken> | Promise<Verdict<VerifiedToken>> {
  const token = readBearerToken(rawHeadersOf(request));
  return token.ok ? verifier.verify(token.value) : token;
}

/** Fastify wraps Node's request as `raw`, Express extends it. Without either there is no token. */
function rawHeadersOf(request: object): readonly string[] {
  const { raw, rawHeaders } = request as {
    raw?: { rawHeaders?: readonly string[] };
    rawHeaders?: readonly string[];
  };
  return raw?.rawHeaders ?? rawHeaders ?? [];
}
