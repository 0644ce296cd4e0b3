import type { BetterAuthPlugin } from 'better-auth';
import { createAuthEndpoint } from 'better-auth/api';
import { type AccessTokenOptions, issueAccessToken } from './access-token-claims';
import { unauthorized } from './auth-errors';

/**
 * `GET /token`: an access token for the session of the cookie.
 *
 * Reads the session from the database itself. Better Auth's session middleware would answer a failed
 * read with 401, which signs the client out; here the error surfaces and becomes 503.
 */
export function accessTokenPlugin(options: AccessTokenOptions) {
  return {
    id: 'access-token',
    endpoints: {
      issueAccessToken: createAuthEndpoint(
        '/token',
        { method: 'GET', requireHeaders: true, metadata: { noStore: true } },
        async (ctx) => {
          const { authCookies, internalAdapter, secret } = ctx.context;
          const sessionToken = await ctx.getSignedCookie(authCookies.sessionToken.name, secret);
          if (!sessionToken) throw unauthorized();
          const found = await internalAdapter.findSession(sessionToken);
          const now = new Date();
          if (found === null || found.session.expiresAt <= now) throw unauthorized();
          const { session, user } = found;
          const subject = {
            userId: user.id,
            email: user.email,
            sessionId: session.id,
            sessionEndsAt: session.expiresAt,
          };
          return ctx.json(await issueAccessToken(options, subject, now));
        },
      ),
    },
  } satisfies BetterAuthPlugin;
}
