import type { BetterAuthPlugin } from 'better-auth';
import { createAuthEndpoint } from 'better-auth/api';
import { signJWT } from 'better-auth/plugins/jwt';
import { reportProblem } from '@/lib/report-problem';
import { accessTokenClaims, type AccessTokenOptions } from './access-token-claims';
import { unavailable } from './auth-errors';
import { requireLiveSession } from './session-rules';
import type { SessionRepository } from './session.repository';
import type { SigningKeys } from './signing-keys';

/** How exactly "last active" is known. */
const USE_NOTED_AFTER_MS = 5 * 60_000;

/**
 * `GET /token`: an access token for the session of the cookie, signed in either mode (FR-011), with a
 * header of exactly `alg kid typ`.
 */
export function accessTokenPlugin(
  options: AccessTokenOptions,
  keys: SigningKeys,
  sessions: SessionRepository,
) {
  return {
    id: 'access-token',
    endpoints: {
      issueAccessToken: createAuthEndpoint(
        '/token',
        { method: 'GET', requireHeaders: true, metadata: { noStore: true } },
        async (ctx) => {
          const { session, user } = await requireLiveSession(ctx);
          const now = new Date();
          const subject = {
            userId: user.id,
            email: user.email,
            sessionId: session.id,
            sessionEndsAt: session.expiresAt,
          };
          const resolvedKey = keys.current();
          if (resolvedKey === undefined) throw unavailable();
          const claims = accessTokenClaims(options, subject, now);
          const token = await signJWT(ctx, {
            payload: { ...claims },
            header: { typ: 'JWT' },
            resolvedKey,
          });
          await noteUse(sessions, session, now);
          // A client corrects its own clock by `serverTime`; both are unix seconds.
          return ctx.json({ token, expiresAt: claims.exp, serverTime: claims.iat });
        },
      ),
    },
  } satisfies BetterAuthPlugin;
}

/** A write now and then; and the token does not wait for a database that can no longer take it. */
async function noteUse(
  sessions: SessionRepository,
  session: { id: string; updatedAt: Date },
  now: Date,
): Promise<void> {
  if (now.getTime() - session.updatedAt.getTime() < USE_NOTED_AFTER_MS) return;
  try {
    await sessions.touch(session.id);
  } catch (error) {
    reportProblem('The use of a session could not be noted', { error });
  }
}
