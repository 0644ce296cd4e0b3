import type { GenericEndpointContext } from 'better-auth';
import { reportProblem } from '@/lib/report-problem';
import { recordAuthEvent } from './auth-events';
import { unauthorized, unavailable } from './auth-errors';
import type { SessionRepository } from './session.repository';

/** Reads the session token of the cookie, if its signature is ours. */
async function sessionTokenOf(ctx: GenericEndpointContext): Promise<string | undefined> {
  const { authCookies, secret } = ctx.context;
  return (await ctx.getSignedCookie(authCookies.sessionToken.name, secret)) || undefined;
}

/**
 * The session of the cookie and its user, from the database itself. Better Auth's session middleware
 * would answer a failed read with 401, which signs the client out; here the error surfaces and
 * becomes 503.
 *
 * @throws APIError 401
 */
export async function requireLiveSession(ctx: GenericEndpointContext) {
  const token = await sessionTokenOf(ctx);
  if (token === undefined) throw unauthorized();
  const found = await ctx.context.internalAdapter.findSession(token);
  if (found === null || found.session.expiresAt <= new Date()) throw unauthorized();
  // A ban deletes sessions, by a trigger. Were it ever disabled, this would still hold.
  if (isBanned(found.user)) throw unauthorized();
  return found;
}

function isBanned(user: { id: string; banned?: boolean; banExpires?: Date | null }): boolean {
  return user.banned === true && (!user.banExpires || user.banExpires > new Date());
}

/**
 * Signs out. Better Auth deletes the cookie although it could not delete the session, which nobody
 * could then end; so the session goes first, and without that the cookie stays.
 *
 * @throws APIError 503
 */
export async function endSessionOfCookie(
  ctx: GenericEndpointContext,
  sessions: SessionRepository,
): Promise<void> {
  const token = await sessionTokenOf(ctx);
  if (token === undefined) return;
  try {
    const ended = await sessions.endByToken(token);
    if (ended === undefined) return;
    const { id: sessionId, userId } = ended;
    recordAuthEvent({ kind: 'sign_out', outcome: 'success', userId, sessionId });
  } catch (error) {
    reportProblem('A session could not be ended', { error });
    throw unavailable();
  }
}

/** Ends the session that a sign-in replaced: its cookie is gone, so nobody could end it later. */
export async function endReplacedSession(
  ctx: GenericEndpointContext,
  openedToken: string,
  sessions: SessionRepository,
): Promise<void> {
  const previous = await sessionTokenOf(ctx);
  if (previous === undefined || previous === openedToken) return;
  const ended = await sessions.endByToken(previous);
  if (ended === undefined) return;
  const { id: sessionId, userId } = ended;
  recordAuthEvent({
    kind: 'session_ended',
    outcome: 'success',
    reason: 'replaced',
    userId,
    sessionId,
  });
}

/** However often a session is used, it ends `absoluteSeconds` after it was opened. */
export function cappedExpiry(wanted: Date, openedAt: Date, absoluteSeconds: number): Date {
  return new Date(Math.min(wanted.getTime(), openedAt.getTime() + absoluteSeconds * 1000));
}
