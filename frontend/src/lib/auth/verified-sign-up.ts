import type { BetterAuthOptions, User } from 'better-auth';
import type { AccountMails } from '@/lib/mail/account-mails';
import type { MailOutbox } from '@/lib/mail/mail-outbox';
import { recordAuthEvent } from './auth-events';
import { issueToken } from './single-use-token';

type UserHooks = NonNullable<NonNullable<BetterAuthOptions['databaseHooks']>['user']>;

/** A sign-up that opens no session: the link in the mail is what goes on from there. */
export function linkForNewAccount(outbox: MailOutbox, mails: AccountMails): UserHooks {
  return {
    create: {
      after: async ({ id, email }, ctx) => {
        if (ctx === null) return;
        recordAuthEvent({ kind: 'sign_up', outcome: 'success', userId: id });
        outbox.post(async () => {
          const token = await issueToken(ctx, 'verify-email', id);
          return token === undefined ? undefined : mails.verificationLink(email, token);
        });
      },
    },
  };
}

/** The page says the same as to a new account; the difference is told to the owner alone. */
export function wordToOwner(outbox: MailOutbox, mails: AccountMails) {
  return async ({ user }: { user: User }): Promise<void> => {
    const { id: userId, email } = user;
    recordAuthEvent({ kind: 'sign_up', outcome: 'failure', reason: 'email_used', userId });
    outbox.post(() => mails.signUpWithUsedEmail(email));
  };
}
