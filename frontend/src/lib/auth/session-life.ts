import type { BetterAuthOptions } from 'better-auth';
import { cappedExpiry } from './session-rules';
import type { SessionRepository } from './session.repository';

type SessionHooks = NonNullable<NonNullable<BetterAuthOptions['databaseHooks']>['session']>;

/** How long a session lives: as long as it is used now and then, and no longer than it may at most. */
export function sessionLife(
  { absoluteSeconds }: { absoluteSeconds: number },
  sessions: SessionRepository,
): SessionHooks {
  return {
    update: {
      before: async (update, ctx) => {
        const session = ctx?.context.session?.session;
        if (!(update.expiresAt instanceof Date) || session === undefined) return undefined;
        const expiresAt = cappedExpiry(update.expiresAt, session.createdAt, absoluteSeconds);
        await sessions.extend(session.id, expiresAt);
        // Written already, by a statement that two tabs can run at once.
        return { data: { ...update, expiresAt: undefined } };
      },
    },
  };
}
