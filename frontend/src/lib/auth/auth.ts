import type { PrismaClient } from '@tessera/database';
import { betterAuth, type BetterAuthOptions } from 'better-auth';
import { prismaAdapter } from 'better-auth/adapters/prisma';
import { admin } from 'better-auth/plugins/admin';
import { CLIENT_ADDRESS } from '@/lib/client-address-header';
import type { WebEnvironment } from '@/lib/env';
import { createAccountMails } from '@/lib/mail/account-mails';
import type { MailOutbox } from '@/lib/mail/mail-outbox';
import { reportProblem } from '@/lib/report-problem';
import { accessTokenPlugin } from './access-token-plugin';
import { createAuthHooks } from './auth-hooks';
import { completedPasswordReset } from './completed-password-reset';
import { observed } from './database-observer';
import { createEmailProofRepository } from './email-proof.repository';
import { emailVerificationPlugin } from './email-verification-plugin';
import { createKnownDevices } from './known-device';
import { withEqualLookUp } from './equal-look-up';
import { hashPassword } from './password-hash';
import { passwordPlugin } from './password-plugin';
import { createRateLimitRepository } from './rate-limit.repository';
import { DEFAULT_RATE_LIMIT, rateLimitRules } from './rate-limit-rules';
import { cookiePrefix } from './session-cookie';
import { sessionLife } from './session-life';
import { createSessionRepository } from './session.repository';
import { sessionsPlugin } from './sessions-plugin';
import { createSignInBackoff } from './sign-in-backoff';
import type { SigningKeys } from './signing-keys';
import { voidResetLink } from './single-use-token';
import { verifyAndRemember } from './verified-password';
import { linkForNewAccount, wordToOwner } from './verified-sign-up';

const DAY = 86_400;

/** The issuer: accounts, sessions, and the access tokens of those sessions. */
export function createAuth(
  environment: WebEnvironment,
  db: PrismaClient,
  keys: SigningKeys,
  outbox: MailOutbox,
) {
  const { isHttps, passwordPolicy, requiresEmailVerification, session, webUrl } = environment;
  const prisma = prismaAdapter(db, { provider: 'postgresql', transaction: true });
  const mails = createAccountMails(webUrl);
  const sessions = createSessionRepository(db);
  const emailProofs = createEmailProofRepository(db);
  const devices = createKnownDevices(db, isHttps);
  const backoff = createSignInBackoff(environment, db, devices);
  return betterAuth({
    appName: 'Tessera',
    baseURL: webUrl,
    basePath: '/api/auth',
    trustedOrigins: [webUrl],
    secret: environment.cookieSecret,
    database: (options: BetterAuthOptions) => observed(withEqualLookUp(prisma(options))),
    emailAndPassword: {
      enabled: true,
      autoSignIn: true,
      password: { hash: hashPassword, verify: verifyAndRemember },
      // The policy is ours (credential-rules); these only bound what is hashed.
      minPasswordLength: 1,
      maxPasswordLength: 512,
      requireEmailVerification: requiresEmailVerification,
      onExistingUserSignUp: wordToOwner(outbox, mails),
      // The trigger of the changed password ends them, after it locked the user. If we ended them
      // first we would lock in the opposite order to a ban, and one of the two would be refused.
      revokeSessionsOnPasswordReset: false,
      onPasswordReset: completedPasswordReset({
        backoff,
        devices,
        emailProofs,
        voidLink: (userId) => voidResetLink(db, userId),
        outbox,
        mails,
      }),
    },
    // Who reads the database cannot use the links that are under way.
    verification: { storeIdentifier: 'hashed' },
    session: {
      expiresIn: session.idleSeconds,
      updateAge: Math.min(DAY, Math.floor(session.idleSeconds / 7)),
      // A cached session would outlive its row, and revocation is that row going away.
      cookieCache: { enabled: false },
    },
    databaseHooks: {
      session: sessionLife(session, sessions),
      user: requiresEmailVerification ? linkForNewAccount(outbox, mails) : {},
    },
    rateLimit: {
      enabled: environment.limitsAuthRate,
      ...DEFAULT_RATE_LIMIT,
      customRules: rateLimitRules(environment.rateLimits),
      customStorage: createRateLimitRepository(db),
    },
    advanced: {
      cookiePrefix: cookiePrefix(isHttps),
      // The prefix above says it already; Better Auth would put `__Secure-` before it.
      useSecureCookies: false,
      defaultCookieAttributes: { httpOnly: true, sameSite: 'lax', secure: isHttps, path: '/' },
      // Set by our own server from the socket; a client-sent one is dropped there.
      ipAddress: { ipAddressHeaders: [CLIENT_ADDRESS] },
      // Off by default under a test runner, which would test something else than what runs.
      disableCSRFCheck: false,
      disableOriginCheck: false,
      database: { validateSchema: false },
    },
    hooks: createAuthHooks({
      passwordPolicy,
      requiresEmailVerification,
      backoff,
      sessions,
      devices,
      outbox,
      mails,
    }),
    plugins: [
      // For the columns of a ban, and what it has to say at a sign-in. Its routes stay closed.
      admin(),
      accessTokenPlugin(environment.accessToken, keys, sessions),
      sessionsPlugin(sessions),
      passwordPlugin(outbox, mails),
      emailVerificationPlugin(outbox, mails),
    ],
    // Surprises reach our handler, which tells an outage from a fault.
    onAPIError: { throw: true },
    logger: { level: 'error', log: (level, message) => reportProblem(message, { level }) },
    telemetry: { enabled: false },
  });
}

export type Auth = ReturnType<typeof createAuth>;
