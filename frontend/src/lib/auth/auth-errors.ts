import { APIError } from 'better-auth/api';

/** Every refusal of ours, with its status and its sentence. Better Auth's own codes pass through. */
const AUTH_ERRORS = {
  NO_SESSION: [401, 'There is no live session: sign in.'],
  FOREIGN_ORIGIN: [403, 'This request did not come from our own pages.'],
  NOT_FOUND: [404, 'There is nothing at this address.'],
  METHOD_NOT_ALLOWED: [405, 'This address does not answer that method.'],
  BODY_TOO_LARGE: [413, 'The request is larger than any form of ours.'],
  EMAIL_ALREADY_USED: [422, 'There is already an account with this e-mail. Sign in instead.'],
  TOO_MANY_REQUESTS: [429, 'Too many attempts. Wait a moment, then try again.'],
  INTERNAL_ERROR: [500, 'Something went wrong on our side.'],
  SERVICE_UNAVAILABLE: [503, 'We cannot reach our database right now. Try again in a moment.'],
} as const satisfies Record<string, readonly [status: number, message: string]>;

export type AuthErrorCode = keyof typeof AUTH_ERRORS;

const RETRY_AFTER_SECONDS = 2;

/** The answer for one of our codes: JSON `{ code, message }`, never cached. */
export function authErrorResponse(code: AuthErrorCode, headers?: Record<string, string>): Response {
  const [status, message] = AUTH_ERRORS[code];
  const retry = status === 503 ? { 'retry-after': String(RETRY_AFTER_SECONDS) } : undefined;
  return Response.json(
    { code, message },
    { status, headers: { 'cache-control': 'no-store', ...retry, ...headers } },
  );
}

/** The same, to be thrown inside an endpoint or hook of Better Auth. */
export function unauthorized(): APIError {
  return new APIError('UNAUTHORIZED', { code: 'NO_SESSION', message: AUTH_ERRORS.NO_SESSION[1] });
}

export function unavailable(): APIError {
  return new APIError('SERVICE_UNAVAILABLE', {
    code: 'SERVICE_UNAVAILABLE',
    message: AUTH_ERRORS.SERVICE_UNAVAILABLE[1],
  });
}

/** A 400 that names the fields, in the shape the API uses too. */
export function invalidFields(
  code: 'INVALID_FIELDS' | 'PASSWORD_TOO_WEAK',
  errors: { field: string; message: string }[],
  detail: Record<string, unknown> = {},
): APIError {
  const message = errors.map((error) => error.message).join(' ');
  return new APIError('BAD_REQUEST', { code, message, errors, ...detail });
}
