import type { BetterAuthPlugin } from 'better-auth';
import { createAuthEndpoint } from 'better-auth/api';
import { z } from 'zod';
import type { AccountMails } from '@/lib/mail/account-mails';
import type { MailOutbox } from '@/lib/mail/mail-outbox';
import { recordAuthEvent } from './auth-events';
import { invalidToken } from './auth-errors';
import { consumeToken, issueToken } from './single-use-token';

/**
 * Better Auth's own links are signed with the secret of the cookies, work any number of times, and
 * stand in the path of a GET, which a mail scanner follows. These work once, by a POST of our page.
 */
export function emailVerificationPlugin(outbox: MailOutbox, mails: AccountMails) {
  return {
    id: 'email-verification',
    endpoints: {
      sendVerificationEmail: createAuthEndpoint(
        '/send-verification-email',
        { method: 'POST', body: z.object({ email: z.email() }) },
        async (ctx) => {
          const found = await ctx.context.internalAdapter.findUserByEmail(ctx.body.email);
          outbox.post(async () => {
            if (found === null || found.user.emailVerified) return undefined;
            const token = await issueToken(ctx, 'verify-email', found.user.id);
            return token === undefined
              ? undefined
              : mails.verificationLink(found.user.email, token);
          });
          return ctx.json({});
        },
      ),

      confirmEmail: createAuthEndpoint(
        '/verify-email',
        { method: 'POST', body: z.object({ token: z.string() }) },
        async (ctx) => {
          const { internalAdapter } = ctx.context;
          const userId = await consumeToken(ctx, 'verify-email', ctx.body.token);
          const user = userId === undefined ? null : await internalAdapter.findUserById(userId);
          if (user === null) throw invalidToken();
          await internalAdapter.updateUser(user.id, { emailVerified: true });
          recordAuthEvent({ kind: 'email_verified', outcome: 'success', userId: user.id });
          return ctx.json({});
        },
      ),
    },
  } satisfies BetterAuthPlugin;
}
