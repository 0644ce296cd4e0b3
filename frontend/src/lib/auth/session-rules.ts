import type { GenericEndpointContext } from 'better-auth';
import { reportProblem } from '@/lib/report-problem';
import { unavailable } from './auth-errors';

/** Reads the session token of the cookie, if its signature is ours. */
async function sessionTokenOf(ctx: GenericEndpointContext): Promise<string | undefined> {
  const { authCookies, secret } = ctx.context;
  return (await ctx.getSignedCookie(authCookies.sessionToken.name, secret)) || undefined;
}

/**
 * Deletes a session's row, and with it every token of that session. Straight through the adapter:
 * Better Auth's own delete takes a failed look-up for "nothing to delete".
 */
async function endSession(ctx: GenericEndpointContext, token: string): Promise<void> {
  await ctx.context.adapter.deleteMany({
    model: 'session',
    where: [{ field: 'token', value: token }],
  });
}

/**
 * Signs out. Better Auth deletes the cookie although it could not delete the session, which nobody
 * could then end; so the session goes first, and without that the cookie stays.
 *
 * @throws APIError 503
 */
export async function endSessionOfCookie(ctx: GenericEndpointContext): Promise<void> {
  const token = await sessionTokenOf(ctx);
  if (token === undefined) return;
  try {
    await endSession(ctx, token);
  } catch (error) {
    reportProblem('A session could not be ended', { error });
    throw unavailable();
  }
}

/** Ends the session that a sign-in replaced: its cookie is gone, so nobody could end it later. */
export async function endReplacedSession(ctx: GenericEndpointContext): Promise<void> {
  const opened = ctx.context.newSession?.session.token;
  const previous = await sessionTokenOf(ctx);
  if (opened !== undefined && previous !== undefined && previous !== opened) {
    await endSession(ctx, previous);
  }
}

/** However often a session is used, it ends `absoluteSeconds` after it was opened. */
export function cappedExpiry(
  wanted: Date,
  openedAt: Date | undefined,
  absoluteSeconds: number,
): Date {
  if (openedAt === undefined) return wanted;
  return new Date(Math.min(wanted.getTime(), openedAt.getTime() + absoluteSeconds * 1000));
}
