import type { BetterAuthOptions } from 'better-auth';
import { CLIENT_ADDRESS } from '@/lib/client-address-header';
import { cappedExpiry } from './session-rules';
import type { SessionRepository } from './session.repository';

type SessionHooks = NonNullable<NonNullable<BetterAuthOptions['databaseHooks']>['session']>;

/** Where a session began, and how long it lives: as long as it is used, and no longer than it may. */
export function sessionLife(
  { absoluteSeconds }: { absoluteSeconds: number },
  sessions: SessionRepository,
): SessionHooks {
  return {
    create: {
      // The address itself: Better Auth would note the network that it counts requests by.
      before: async (session, ctx) => ({
        data: { ...session, ipAddress: ctx?.headers?.get(CLIENT_ADDRESS) ?? '' },
      }),
    },
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
