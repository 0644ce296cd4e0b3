import createClient, { type Client } from 'openapi-fetch';
import type { AccessTokenSource } from './access-token';
import type { paths } from './api-schema';

export type ApiClient = Client<paths>;

/** A client of the NestJS API, typed by its OpenAPI document, that authorizes every call (FR-014). */
export function createApiClient(
  baseUrl: string,
  accessToken: Pick<AccessTokenSource, 'get' | 'replace'>,
): ApiClient {
  return createClient<paths>({
    baseUrl,
    credentials: 'omit',
    cache: 'no-store',
    fetch: authorizedFetch(accessToken),
  });
}

/** How long a call may take before it counts as a lost connection. */
const PATIENCE_MS = 15_000;

/**
 * Sends the token along, and once more with a fresh one when the API refuses it: a secret may have
 * been withdrawn while the session lives on. A second refusal is the caller's answer.
 */
export function authorizedFetch(accessToken: Pick<AccessTokenSource, 'get' | 'replace'>) {
  return async (request: Request): Promise<Response> => {
    const again = request.clone();
    const token = await accessToken.get();
    const answer = await send(request, token);
    if (answer.status !== 401) return answer;
    return send(again, await accessToken.replace(token));
  };
}

function send(request: Request, token: string): Promise<Response> {
  request.headers.set('authorization', `Bearer ${token}`);
  const signal = AbortSignal.any([request.signal, AbortSignal.timeout(PATIENCE_MS)]);
  return fetch(new Request(request, { signal }));
}
