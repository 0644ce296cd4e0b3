import type { WebEnvironment } from '@/lib/env';
import { reportProblem } from '@/lib/report-problem';
import { type Admission, hashesPassword, TICKET } from './admission';
import type { Auth } from './auth';
import type { AuthErrorCode } from './auth-error-codes';
import { authErrorResponse } from './auth-errors';
import { type EventSink, recordAuthEvent, recordingEvents } from './auth-events';
import { observeDatabase } from './database-observer';
import { beginEvenly, evenly } from './even-answer';
import { keepKnownFields } from './known-fields';
import { limitedBody } from './limited-body';
import { settleAttempt } from './sign-in-backoff';
import type { KeySet, SigningKeys } from './signing-keys';
import { rememberingVerifiedHash } from './verified-password';

const GET_SESSION = '/api/auth/get-session';
const SIGN_UP = '/api/auth/sign-up/email';

/** Deny by default: a route that Better Auth adds in its next version is not reachable until it is here. */
const ROUTES: Record<string, readonly string[]> = {
  [SIGN_UP]: ['POST'],
  '/api/auth/sign-in/email': ['POST'],
  '/api/auth/sign-out': ['POST'],
  '/api/auth/change-password': ['POST'],
  '/api/auth/request-password-reset': ['POST'],
  '/api/auth/reset-password': ['POST'],
  '/api/auth/send-verification-email': ['POST'],
  '/api/auth/verify-email': ['POST'],
  '/api/auth/sessions': ['GET'],
  '/api/auth/sessions/end': ['POST'],
  '/api/auth/sessions/end-others': ['POST'],
  [GET_SESSION]: ['GET'],
  '/api/auth/token': ['GET'],
};

/** Where the public keys are, of an issuer that has any. */
const KEY_SET = '/api/auth/jwks';

const NO_STORE = { 'cache-control': 'no-store' };

/** Whose time must not tell either whether an e-mail is somebody's; a sign-up only if its answer does not. */
const EVEN = new Set(['/api/auth/request-password-reset', '/api/auth/send-verification-email']);

/** Where a request comes from, as far as its `Origin` does not say it. */
const PROVENANCE = [
  'referer',
  'sec-fetch-site',
  'sec-fetch-mode',
  'sec-fetch-dest',
  'sec-fetch-user',
];

/**
 * Everything under `/api/auth`, from the request that arrived to the answer that leaves: which routes
 * exist, who may call them, how many at once, and that an outage is a 503 whatever Better Auth made of
 * it.
 */
export function createAuthHandler(
  auth: Auth,
  environment: Pick<WebEnvironment, 'webUrl' | 'cookieSecret'>,
  keys: SigningKeys,
  recorder: EventSink['recorder'],
  admission: Admission,
) {
  const { webUrl, cookieSecret } = environment;
  const routes = keys.published ? { ...ROUTES, [KEY_SET]: ['GET'] } : ROUTES;
  const hidesUsedEmails = auth.options.emailAndPassword.requireEmailVerification;
  return (request: Request): Promise<Response> => {
    const { pathname } = new URL(request.url);
    const isEven = EVEN.has(pathname) || (pathname === SIGN_UP && hidesUsedEmails);
    // Around all else: who only waits for the time to come has left the place that it had.
    return isEven ? evenly(() => admitted(request)) : admitted(request);
  };

  async function admitted(request: Request): Promise<Response> {
    // First of all: whatever becomes of the request, the place that our server gave it is free afterwards.
    const leave = admission.take(request.headers.get(TICKET));
    try {
      return await recordingEvents(request, { recorder, cookieSecret }, () =>
        answer(request, leave !== undefined),
      );
    } finally {
      leave?.();
    }
  }

  async function answer(request: Request, isAdmitted: boolean): Promise<Response> {
    const { pathname } = new URL(request.url);
    const methods = routes[pathname];
    if (methods === undefined) return authErrorResponse('NOT_FOUND');
    if (!methods.includes(request.method)) {
      return authErrorResponse('METHOD_NOT_ALLOWED', { allow: methods.join(', ') });
    }
    if (pathname === KEY_SET) return keySetAnswer(keys.published?.());
    if (isForeign(request, webUrl)) {
      recordAuthEvent({ kind: 'foreign_origin_refused', outcome: 'refused' });
      return authErrorResponse('FOREIGN_ORIGIN');
    }
    const body = await limitedBody(request);
    if (body === 'too large') return authErrorResponse('BODY_TOO_LARGE');

    if (!hashesPassword(pathname)) return serve(request, pathname, body);
    const work = () => settleAttempt(() => serve(request, pathname, body));
    if (isAdmitted) return work();
    // After the body is there: a client that dawdles over it keeps nobody else out.
    const leave = admission.enter();
    if (leave === undefined) {
      recordAuthEvent({ kind: 'overloaded', outcome: 'refused' });
      return authErrorResponse('OVERLOADED', {
        'retry-after': String(admission.retryAfterSeconds()),
      });
    }
    try {
      return await work();
    } finally {
      leave();
    }
  }

  async function serve(
    request: Request,
    pathname: string,
    given: Uint8Array<ArrayBuffer> | undefined,
  ): Promise<Response> {
    beginEvenly();
    const { method } = request;
    // Where it comes from was judged above. By these headers Better Auth would judge again, refuse
    // programs that send some of them and no `Origin`, as Node's own fetch does, and log the address.
    const headers = new Headers(request.headers);
    for (const name of PROVENANCE) headers.delete(name);
    const body = keepKnownFields(pathname, headers.get('content-type'), given);
    // Of another length than was announced, maybe.
    headers.delete('content-length');
    // Under our own origin, whatever `Host` said, and without what else stood in the URL: a form has
    // everything in its body, and Better Auth logs addresses that it finds here.
    const inner = new Request(new URL(pathname, webUrl), { method, headers, body });
    const { outcome, observation } = await observeDatabase(() =>
      rememberingVerifiedHash(() => auth.handler(inner)),
    );
    if (observation.outage) return authErrorResponse('SERVICE_UNAVAILABLE');
    if (outcome.status === 'rejected') {
      reportProblem('An authentication request failed', { error: outcome.reason });
      return authErrorResponse('INTERNAL_ERROR');
    }
    // The one unique value that a sign-up can collide on is the e-mail. Those that race for it must not
    // tell more than one that comes late.
    if (pathname === SIGN_UP && observation.duplicate && hidesUsedEmails) {
      return Response.json({ verificationRequired: true }, { headers: NO_STORE });
    }
    return toAnswer(outcome.value, { pathname, duplicate: observation.duplicate });
  }
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
  const referer = request.headers.get('referer');
  if (referer !== null && !referer.startsWith(`${webUrl}/`)) return true;
  return request.headers.has('cookie') || request.headers.get('sec-fetch-site') === 'cross-site';
}

/** Codes of Better Auth that say too much, or that our pages know by another name. */
const OUR_CODES: Record<string, AuthErrorCode> = {
  BANNED_USER: 'ACCOUNT_SUSPENDED',
  INVALID_TOKEN: 'INVALID_TOKEN',
  // Whose account is gone has a link for nothing.
  USER_NOT_FOUND: 'INVALID_TOKEN',
};

/** Better Auth's answer in our terms: `{ code, message }` for every error, and never stored. */
async function toAnswer(
  response: Response,
  { pathname, duplicate }: { pathname: string; duplicate: boolean },
): Promise<Response> {
  if (response.status === 429) {
    const ofAccount = response.headers.get('retry-after');
    // Better Auth's own header: nobody has looked at the account.
    const ofAddress = response.headers.get('x-retry-after');
    if (ofAccount === null) {
      recordAuthEvent({ kind: 'rate_limited', outcome: 'refused', reason: 'address_limit' });
    }
    return authErrorResponse('TOO_MANY_REQUESTS', {
      'retry-after': ofAccount ?? ofAddress ?? '60',
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
  // It takes a cookie away that is no good. By now the browser may have another one, by a new password.
  if (pathname === GET_SESSION && endsCookie(headers)) headers.delete('set-cookie');
  if (response.status < 400)
    return new Response(response.body, { status: response.status, headers });
  // A refusal leaves the browser as it was, with the session that it had, if any.
  headers.delete('set-cookie');
  const error = await readError(response);
  const ours = OUR_CODES[error.code];
  if (ours !== undefined) return authErrorResponse(ours);
  return Response.json(error, { status: response.status, headers });
}

const endsCookie = (headers: Headers): boolean =>
  headers.getSetCookie().some((cookie) => /; Max-Age=0(?:;|$)/i.test(cookie));

async function readError(response: Response): Promise<{ code: string; message: string }> {
  const body: unknown = await response.json().catch(() => undefined);
  const given = typeof body === 'object' && body !== null ? body : {};
  const fallback = { code: 'REFUSED', message: 'The request was refused.' };
  return { ...fallback, ...given };
}
