import type { GenericEndpointContext } from 'better-auth';
import type { APIError } from 'better-auth/api';
import { type AuthEvent, recordAuthEvent } from './auth-events';

/** What a code means for the owner of the account. Of others, such as a weak password, nothing is kept. */
const REASONS: Record<string, Record<string, string>> = {
  '/sign-in/email': {
    INVALID_EMAIL_OR_PASSWORD: 'wrong_credentials',
    EMAIL_NOT_VERIFIED: 'email_not_verified',
    BANNED_USER: 'banned',
    ACCOUNT_SUSPENDED: 'banned',
  },
  '/sign-up/email': { USER_ALREADY_EXISTS_USE_ANOTHER_EMAIL: 'email_used' },
  '/reset-password': { INVALID_TOKEN: 'invalid_token', USER_NOT_FOUND: 'invalid_token' },
  '/verify-email': { INVALID_TOKEN: 'invalid_token' },
};

const KINDS: Record<string, AuthEvent['kind']> = {
  '/sign-in/email': 'sign_in',
  '/sign-up/email': 'sign_up',
  '/reset-password': 'password_reset',
  '/verify-email': 'email_verified',
};

/** Records an attempt that failed. The e-mail goes along as it was sent: nobody looks up whose it is. */
export function recordRefusedCredentials(ctx: GenericEndpointContext, refusal: APIError): void {
  const kind = KINDS[ctx.path];
  const reason = REASONS[ctx.path]?.[refusal.body?.code ?? ''];
  if (kind === undefined || reason === undefined) return;
  const email: unknown = ctx.body?.email;
  const subject = typeof email === 'string' ? { email } : {};
  recordAuthEvent({ kind, outcome: 'failure', reason, ...subject });
}
