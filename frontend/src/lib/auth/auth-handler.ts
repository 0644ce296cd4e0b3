import { reportProblem } from '@/lib/report-problem';
import type { Auth } from './auth';
import { authErrorResponse } from './auth-errors';
import { observeDatabase } from './database-observer';
import { limitedBody } from './limited-body';
import type { KeySet, SigningKeys } from './signing-keys';

/** Deny by default: a route that Better Auth adds in its next version is not reachable until it is here. */
const ROUTES: Record<string, readonly string[]> = {
  '/api/auth/sign-up/email': ['POST'],
  '/api/auth/sign-in/email': ['POST'],
  '/api/auth/sign-out': ['POST'],
  '/api/auth/change-password': ['POST'],
  '/api/auth/get-session': ['GET'],
  '/api/auth/token': ['GET'],
};

/** Where the public keys are, of an issuer that has any. */
const KEY_SET = '/api/auth/jwks';

const FETCH_METADATA = ['sec-fetch-site', 'sec-fetch-mode', 'sec-fetch-dest', 'sec-fetch-user'];

/**
 * Everything under `/api/auth`, from the request that arrived to the answer that leaves: which routes
 * exist, who may call them, and that an outage is a 503 whatever Better Auth made of it.
 */
export function createAuthHandler(auth: Auth, webUrl: string, keys: SigningKeys) {
  const routes = keys.published ? { ...ROUTES, [KEY_SET]: ['GET'] } : ROUTES;
  return async (request: Request): Promise<Response> => {
    const { pathname, search } = new URL(request.url);
    const methods = routes[pathname];
    if (methods === undefined) return authErrorResponse('NOT_FOUND');
    if (!methods.includes(request.method)) {
      return authErrorResponse('METHOD_NOT_ALLOWED', { allow: methods.join(', ') });
    }
    if (pathname === KEY_SET) return keySetAnswer(keys.published?.());
    if (isForeign(request, webUrl)) return authErrorResponse('FOREIGN_ORIGIN');
    const body = await limitedBody(request);
    if (body === 'too large') return authErrorResponse('BODY_TOO_LARGE');

    const { method } = request;
    // Where it comes from was judged above. By these headers Better Auth would judge again, and refuse
    // programs that send some of them and no `Origin`, as Node's own fetch does.
    const headers = new Headers(request.headers);
    for (const name of FETCH_METADATA) headers.delete(name);
    // Under our own origin, whatever `Host` said.
    const inner = new Request(new URL(pathname + search, webUrl), { method, headers, body });
    const { outcome, observation } = await observeDatabase(() => auth.handler(inner));
    if (observation.outage) return authErrorResponse('SERVICE_UNAVAILABLE');
    if (outcome.status === 'rejected') {
      reportProblem('An authentication request failed', { error: outcome.reason });
      return authErrorResponse('INTERNAL_ERROR');
    }
    return toAnswer(outcome.value, observation.duplicate);
  };
}

/** The same for everybody, from memory: no limit, no cookie, and no other origin's page reads it. */
function keySetAnswer(keySet: KeySet | undefined): Response {
  if (keySet === undefined) return authErrorResponse('SERVICE_UNAVAILABLE');
  const { keys, maxAgeSeconds } = keySet;
  const headers = { 'cache-control': `public, max-age=${maxAgeSeconds}` };
  return Response.json({ keys }, { headers });
}

/**
 * A state-changing request from another site, or one that will not say where it comes from though it
 * carries the cookie. Stricter than Better Auth, which also takes a `Referer` and a `null` origin.
 */
function isForeign(request: Request, webUrl: string): boolean {
  if (request.method === 'GET') return false;
  const origin = request.headers.get('origin');
  if (origin !== null) return origin !== webUrl;
  return request.headers.has('cookie') || request.headers.get('sec-fetch-site') === 'cross-site';
}

/** Better Auth's answer in our terms: `{ code, message }` for every error, and never stored. */
async function toAnswer(response: Response, duplicate: boolean): Promise<Response> {
  if (response.status === 429) {
    return authErrorResponse('TOO_MANY_REQUESTS', {
      'retry-after': response.headers.get('x-retry-after') ?? '60',
    });
  }
  if (response.status === 503) return authErrorResponse('SERVICE_UNAVAILABLE');
  if (response.status === 422) {
    // The one unique value that a form can collide on is the e-mail, before or during the insert.
    const { code } = await readError(response);
    const used = duplicate || code.startsWith('USER_ALREADY_EXISTS');
    return authErrorResponse(used ? 'EMAIL_ALREADY_USED' : 'INTERNAL_ERROR');
  }
  const headers = new Headers(response.headers);
  headers.set('cache-control', 'no-store');
  headers.set('content-type', 'application/json');
  if (response.status < 400)
    return new Response(response.body, { status: response.status, headers });
  return Response.json(await readError(response), { status: response.status, headers });
}

async function readError(response: Response): Promise<{ code: string; message: string }> {
  const body: unknown = await response.json().catch(() => undefined);
  const given = typeof body === 'object' && body !== null ? body : {};
  const fallback = { code: 'REFUSED', message: 'The request was refused.' };
  return { ...fallback, ...given };
}
