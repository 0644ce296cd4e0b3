import { BASE_ERROR_CODES, type GenericEndpointContext } from 'better-auth';
import { APIError } from 'better-auth/api';
import type { AccountMails } from '@/lib/mail/account-mails';
import type { MailOutbox } from '@/lib/mail/mail-outbox';
import { reportProblem } from '@/lib/report-problem';
import { recordAuthEvent } from './auth-events';
import type { KnownDevices } from './known-device';
import { occasionOf } from './request-occasion';
import { endReplacedSession } from './session-rules';
import type { SessionRepository } from './session.repository';
import { verifiedHash } from './verified-password';

export interface SignInParts {
  sessions: SessionRepository;
  devices: KnownDevices;
  outbox: MailOutbox;
  mails: AccountMails;
}

/**
 * What is due once a sign-in or sign-up has opened a session, and before its cookie is given out. If
 * any of it fails the session goes again, as nobody would hold its cookie.
 *
 * @throws APIError 401 when the password was changed while it was being verified
 */
export async function completeSignIn(
  ctx: GenericEndpointContext,
  { sessions, devices, outbox, mails }: SignInParts,
): Promise<void> {
  const { newSession } = ctx.context;
  if (newSession === null) return;
  const { session, user } = newSession;
  const isSignIn = ctx.path === '/sign-in/email';
  try {
    if (isSignIn && !(await isPasswordStill(ctx, user.id, verifiedHash()))) {
      const reason = 'wrong_credentials';
      recordAuthEvent({ kind: 'sign_in', outcome: 'failure', reason, userId: user.id });
      throw APIError.from('UNAUTHORIZED', BASE_ERROR_CODES.INVALID_EMAIL_OR_PASSWORD);
    }
    const device = await devices.rememberDevice(ctx, user.id);
    // Last: until here the browser can go on with the session that it had.
    await endReplacedSession(ctx, session.token, sessions);
    if (isSignIn && device === 'new') {
      const occasion = occasionOf(ctx.headers);
      outbox.post(() => mails.signInFromNewDevice(user.email, occasion));
    }
  } catch (error) {
    await sessions.endByToken(session.token).catch((error: unknown) => {
      reportProblem('A session that was not given out could not be ended', { error });
    });
    throw error;
  }
  const kind = isSignIn ? 'sign_in' : 'sign_up';
  recordAuthEvent({ kind, outcome: 'success', userId: user.id, sessionId: session.id });
}

/**
 * Asked once the session exists. To open it a trigger shared the user's row, and whatever changes the
 * password holds that row until it has ended all sessions. So the session was there to be ended by the
 * change, or it waited for the change, which is then seen here. There is no third.
 */
async function isPasswordStill(
  ctx: GenericEndpointContext,
  userId: string,
  verified: string | undefined,
): Promise<boolean> {
  const account = await ctx.context.internalAdapter.findCredentialAccount(userId);
  return verified !== undefined && account?.password === verified;
}
