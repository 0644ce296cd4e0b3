import type { BetterAuthPlugin } from 'better-auth';
import { createAuthEndpoint } from 'better-auth/api';
import { signJWT } from 'better-auth/plugins/jwt';
import { accessTokenClaims, type AccessTokenOptions } from './access-token-claims';
import { unauthorized, unavailable } from './auth-errors';
import type { SigningKeys } from './signing-keys';

/**
 * `GET /token`: an access token for the session of the cookie, signed in either mode (FR-011), with a
 * header of exactly `alg kid typ`.
 *
 * Reads the session from the database itself. Better Auth's session middleware would answer a failed
 * read with 401, which signs the client out; here the error surfaces and becomes 503.
 */
export function accessTokenPlugin(options: AccessTokenOptions, keys: SigningKeys) {
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
          const resolvedKey = keys.current();
          if (resolvedKey === undefined) throw unavailable();
          const claims = accessTokenClaims(options, subject, now);
          const token = await signJWT(ctx, {
            payload: { ...claims },
            header: { typ: 'JWT' },
            resolvedKey,
          });
          // A client corrects its own clock by `serverTime`; both are unix seconds.
          return ctx.json({ token, expiresAt: claims.exp, serverTime: claims.iat });
        },
      ),
    },
  } satisfies BetterAuthPlugin;
}
