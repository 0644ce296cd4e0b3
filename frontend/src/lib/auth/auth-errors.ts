import { APIError } from 'better-auth/api';
import { AUTH_ERRORS, type AuthErrorCode } from './auth-error-codes';

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

export function accountSuspended(): APIError {
  const message = AUTH_ERRORS.ACCOUNT_SUSPENDED[1];
  return new APIError('FORBIDDEN', { code: 'ACCOUNT_SUSPENDED', message });
}

export function sessionNotFound(): APIError {
  const message = AUTH_ERRORS.SESSION_NOT_FOUND[1];
  return new APIError('NOT_FOUND', { code: 'SESSION_NOT_FOUND', message });
}

export function invalidToken(): APIError {
  const message = AUTH_ERRORS.INVALID_TOKEN[1];
  return new APIError('BAD_REQUEST', { code: 'INVALID_TOKEN', message });
}

export function wrongCurrentPassword(): APIError {
  const message = AUTH_ERRORS.INVALID_PASSWORD[1];
  return invalidFields('INVALID_PASSWORD', [{ field: 'currentPassword', message }]);
}

export function unavailable(): APIError {
  return new APIError('SERVICE_UNAVAILABLE', {
    code: 'SERVICE_UNAVAILABLE',
    message: AUTH_ERRORS.SERVICE_UNAVAILABLE[1],
  });
}

export function tooManyRequests(retryAfterSeconds: number): APIError {
  return new APIError(
    'TOO_MANY_REQUESTS',
    { code: 'TOO_MANY_REQUESTS', message: AUTH_ERRORS.TOO_MANY_REQUESTS[1] },
    { 'retry-after': String(retryAfterSeconds) },
  );
}

/** A 400 that names the fields, in the shape the API uses too. */
export function invalidFields(
  code: 'INVALID_FIELDS' | 'INVALID_PASSWORD' | 'PASSWORD_TOO_WEAK',
  errors: { field: string; message: string }[],
  detail: Record<string, unknown> = {},
): APIError {
  const message = errors.map((error) => error.message).join(' ');
  return new APIError('BAD_REQUEST', { code, message, errors, ...detail });
}
