import type { PrismaClient } from '@tessera/database';
import { betterAuth, type BetterAuthOptions } from 'better-auth';
import { prismaAdapter } from 'better-auth/adapters/prisma';
import { createAuthMiddleware, isAPIError } from 'better-auth/api';
import type { WebEnvironment } from '@/lib/env';
import { reportProblem } from '@/lib/report-problem';
import { accessTokenPlugin } from './access-token-plugin';
import { applyCredentialRules } from './credential-rules';
import { observed } from './database-observer';
import { hashPassword, verifyPassword } from './password-hash';
import { createRateLimitRepository } from './rate-limit.repository';
import { cookiePrefix } from './session-cookie';
import { cappedExpiry, endReplacedSession, endSessionOfCookie } from './session-rules';
import type { SigningKeys } from './signing-keys';
import { withoutSessionTokens } from './token-stripping';

const DAY = 86_400;
const MINUTE = 60;

/** Requests per minute and client address (FR-023). */
const RATE_LIMITS = {
  '/sign-in/email': { window: MINUTE, max: 30 },
  '/sign-up/email': { window: MINUTE, max: 10 },
  '/change-password': { window: MINUTE, max: 10 },
};
/** For what an open page does by itself; many browsers may share one address. */
const DEFAULT_RATE_LIMIT = { window: MINUTE, max: 600 };

/** The issuer: accounts, sessions, and the access tokens of those sessions. */
export function createAuth(environment: WebEnvironment, db: PrismaClient, keys: SigningKeys) {
  const { isHttps, session, webUrl } = environment;
  const prisma = prismaAdapter(db, { provider: 'postgresql', transaction: true });
  return betterAuth({
    appName: 'Tessera',
    baseURL: webUrl,
    basePath: '/api/auth',
    trustedOrigins: [webUrl],
    secret: environment.cookieSecret,
    database: (options: BetterAuthOptions) => observed(prisma(options)),
    emailAndPassword: {
      enabled: true,
      autoSignIn: true,
      password: { hash: hashPassword, verify: verifyPassword },
      // The policy is ours (credential-rules); these only bound what is hashed.
      minPasswordLength: 1,
      maxPasswordLength: 512,
      revokeSessionsOnPasswordReset: true,
    },
    session: {
      expiresIn: session.idleSeconds,
      updateAge: Math.min(DAY, Math.floor(session.idleSeconds / 7)),
      // A cached session would outlive its row, and revocation is that row going away.
      cookieCache: { enabled: false },
    },
    databaseHooks: {
      session: {
        update: {
          before: async (update, ctx) => {
            if (!(update.expiresAt instanceof Date)) return undefined;
            const openedAt = ctx?.context.session?.session.createdAt;
            const expiresAt = cappedExpiry(update.expiresAt, openedAt, session.absoluteSeconds);
            return { data: { ...update, expiresAt } };
          },
        },
      },
    },
    rateLimit: {
      enabled: environment.limitsAuthRate,
      ...DEFAULT_RATE_LIMIT,
      customRules: RATE_LIMITS,
      customStorage: createRateLimitRepository(db),
    },
    advanced: {
      cookiePrefix: cookiePrefix(isHttps),
      // The prefix above says it already; Better Auth would put `__Secure-` before it.
      useSecureCookies: false,
      defaultCookieAttributes: { httpOnly: true, sameSite: 'lax', secure: isHttps, path: '/' },
      // Set by our own server from the socket; a client-sent one is dropped there.
      ipAddress: { ipAddressHeaders: ['x-client-ip'] },
      // Off by default under a test runner, which would test something else than what runs.
      disableCSRFCheck: false,
      disableOriginCheck: false,
      database: { validateSchema: false },
    },
    hooks: {
      before: createAuthMiddleware(async (ctx) => {
        applyCredentialRules(ctx);
        if (ctx.path !== '/sign-out') return;
        await endSessionOfCookie(ctx);
      }),
      after: createAuthMiddleware(async (ctx) => {
        if (ctx.path === '/sign-in/email' || ctx.path === '/sign-up/email') {
          await endReplacedSession(ctx);
        }
        const { returned } = ctx.context;
        if (ctx.path === '/token' || isAPIError(returned)) return undefined;
        if (typeof returned !== 'object' || returned === null) return undefined;
        return ctx.json(withoutSessionTokens(returned));
      }),
    },
    plugins: [accessTokenPlugin(environment.accessToken, keys)],
    // Surprises reach our handler, which tells an outage from a fault.
    onAPIError: { throw: true },
    logger: { level: 'error', log: (level, message) => reportProblem(message, { level }) },
    telemetry: { enabled: false },
  });
}

export type Auth = ReturnType<typeof createAuth>;
