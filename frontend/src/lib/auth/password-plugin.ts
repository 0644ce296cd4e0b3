import {
  type BetterAuthPlugin,
  generateId,
  type GenericEndpointContext,
  type Session,
} from 'better-auth';
import { createAuthEndpoint } from 'better-auth/api';
import { setSessionCookie } from 'better-auth/cookies';
import { z } from 'zod';
import { CLIENT_ADDRESS } from '@/lib/client-address-header';
import type { AccountMails } from '@/lib/mail/account-mails';
import type { MailOutbox } from '@/lib/mail/mail-outbox';
import { recordAuthEvent } from './auth-events';
import { unauthorized, wrongCurrentPassword } from './auth-errors';
import { occasionOf } from './request-occasion';
import { requireLiveSession } from './session-rules';
import { issueToken, voidTokens } from './single-use-token';

const SESSION_TOKEN_LENGTH = 32;

/**
 * Takes the place of two endpoints of Better Auth (by their names), which do not survive a race and
 * tell by their time who exists. What the reset link leads to is Better Auth's own `/reset-password`.
 */
export function passwordPlugin(outbox: MailOutbox, mails: AccountMails) {
  return {
    id: 'password',
    endpoints: {
      changePassword: createAuthEndpoint(
        '/change-password',
        {
          method: 'POST',
          requireHeaders: true,
          body: z.object({ currentPassword: z.string(), newPassword: z.string() }),
        },
        async (ctx) => {
          const { user } = await requireLiveSession(ctx);
          const { internalAdapter, password } = ctx.context;
          const current = (await internalAdapter.findCredentialAccount(user.id))?.password;
          const { currentPassword } = ctx.body;
          const isRight =
            current &&
            currentPassword.length <= password.config.maxPasswordLength &&
            (await password.verify({ hash: current, password: currentPassword }));
          if (!isRight) {
            const reason = 'wrong_credentials';
            recordAuthEvent({
              kind: 'password_changed',
              outcome: 'failure',
              reason,
              userId: user.id,
            });
            throw wrongCurrentPassword();
          }
          const next = await password.hash(ctx.body.newPassword);
          const session = await swapPassword(ctx, user.id, current, next);
          await setSessionCookie(ctx, { session, user });
          recordAuthEvent({
            kind: 'password_changed',
            outcome: 'success',
            userId: user.id,
            sessionId: session.id,
          });
          const occasion = occasionOf(ctx.headers);
          outbox.post(() => mails.passwordChanged(user.email, occasion));
          return ctx.json({});
        },
      ),

      requestPasswordReset: createAuthEndpoint(
        '/request-password-reset',
        { method: 'POST', body: z.object({ email: z.email() }) },
        async (ctx) => {
          // This much for everybody; what differs is done behind the answer.
          const found = await ctx.context.internalAdapter.findUserByEmail(ctx.body.email);
          const { email } = ctx.body;
          recordAuthEvent({ kind: 'password_reset_requested', outcome: 'success', email });
          outbox.post(async () => {
            if (found === null) return undefined;
            const token = await issueToken(ctx, 'reset-password', found.user.id);
            return token === undefined ? undefined : mails.resetLink(found.user.email, token);
          });
          return ctx.json({});
        },
      ),
    },
  } satisfies BetterAuthPlugin;
}

/**
 * In one transaction: the new password in place of exactly the one that was verified, which ends all
 * sessions (a trigger), and a new session for this browser. A password that was changed or reset
 * meanwhile stays: who verified an older one has lost the right to replace it.
 *
 * The account first, since that is the order of a reset too: two that wait for each other crosswise
 * would both have to be refused.
 *
 * @throws APIError 401
 */
function swapPassword(ctx: GenericEndpointContext, userId: string, current: string, next: string) {
  const { adapter, sessionConfig } = ctx.context;
  return adapter.transaction(async (transaction) => {
    const swapped = await transaction.updateMany({
      model: 'account',
      where: [
        { field: 'userId', value: userId },
        { field: 'providerId', value: 'credential' },
        { field: 'password', value: current },
      ],
      update: { password: next },
    });
    if (swapped === 0) throw unauthorized();
    await voidTokens(transaction, 'reset-password', userId);
    const now = new Date();
    return transaction.create<Record<string, unknown>, Session>({
      model: 'session',
      data: {
        userId,
        token: generateId(SESSION_TOKEN_LENGTH),
        expiresAt: new Date(now.getTime() + sessionConfig.expiresIn * 1000),
        createdAt: now,
        updatedAt: now,
        ipAddress: ctx.headers?.get(CLIENT_ADDRESS) ?? '',
        userAgent: ctx.headers?.get('user-agent') ?? '',
      },
    });
  });
}
