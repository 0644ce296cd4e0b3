import type { BetterAuthPlugin } from 'better-auth';
import { createAuthEndpoint } from 'better-auth/api';
import { deleteSessionCookie } from 'better-auth/cookies';
import { z } from 'zod';
import { recordAuthEvent } from './auth-events';
import { sessionNotFound } from './auth-errors';
import { deviceOf } from './device-name';
import { requireLiveSession } from './session-rules';
import type { ListedSession, SessionRepository } from './session.repository';

/** Of Better Auth's making, or a UUID. */
const ID = /^[\w-]{1,64}$/;

/**
 * One's own sessions, by their ids. Better Auth's endpoints for it hand the tokens of all sessions to
 * the page, where a script could carry them off.
 */
export function sessionsPlugin(sessions: SessionRepository) {
  return {
    id: 'sessions',
    endpoints: {
      listOwnSessions: createAuthEndpoint(
        '/sessions',
        { method: 'GET', requireHeaders: true },
        async (ctx) => {
          const { session, user } = await requireLiveSession(ctx);
          const listed = await sessions.list(user.id);
          return ctx.json({ sessions: listed.map((item) => toItem(item, session.id)) });
        },
      ),

      endOwnSession: createAuthEndpoint(
        '/sessions/end',
        { method: 'POST', requireHeaders: true, body: z.object({ id: z.string().regex(ID) }) },
        async (ctx) => {
          const { session, user } = await requireLiveSession(ctx);
          const { id } = ctx.body;
          if (!(await sessions.end(user.id, id))) throw sessionNotFound();
          recordEnd(user.id, id);
          if (id === session.id) deleteSessionCookie(ctx);
          return ctx.json({});
        },
      ),

      endOtherSessions: createAuthEndpoint(
        '/sessions/end-others',
        { method: 'POST', requireHeaders: true },
        async (ctx) => {
          const { session, user } = await requireLiveSession(ctx);
          const ended = await sessions.endOthers(user.id, session.id);
          for (const id of ended) recordEnd(user.id, id);
          return ctx.json({ ended: ended.length });
        },
      ),
    },
  } satisfies BetterAuthPlugin;
}

function recordEnd(userId: string, sessionId: string): void {
  recordAuthEvent({ kind: 'session_ended', outcome: 'success', userId, sessionId });
}

function toItem(session: ListedSession, currentId: string) {
  return {
    id: session.id,
    isCurrent: session.id === currentId,
    device: deviceOf(session.userAgent),
    ipAddress: session.ipAddress || null,
    createdAt: session.createdAt.toISOString(),
    lastActiveAt: session.updatedAt.toISOString(),
    expiresAt: session.expiresAt.toISOString(),
  };
}
