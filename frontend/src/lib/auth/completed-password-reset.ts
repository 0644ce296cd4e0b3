import type { User } from 'better-auth';
import type { AccountMails } from '@/lib/mail/account-mails';
import type { MailOutbox } from '@/lib/mail/mail-outbox';
import { reportProblem } from '@/lib/report-problem';
import { recordAuthEvent } from './auth-events';
import type { EmailProofRepository } from './email-proof.repository';
import type { KnownDevices } from './known-device';
import { occasionOf } from './request-occasion';
import type { SignInBackoff } from './sign-in-backoff';

interface Parts {
  backoff: SignInBackoff;
  devices: KnownDevices;
  emailProofs: EmailProofRepository;
  /** Makes the link void that was asked for while this one was used. */
  voidLink: (userId: string) => Promise<void>;
  outbox: MailOutbox;
  mails: AccountMails;
}

/** What is due once a password was reset: its owner is let in again, and told. */
export function completedPasswordReset(parts: Parts) {
  const { backoff, devices, emailProofs, voidLink, outbox, mails } = parts;
  return async ({ user }: { user: User }, request?: Request): Promise<void> => {
    recordAuthEvent({ kind: 'password_reset', outcome: 'success', userId: user.id });
    const occasion = occasionOf(request?.headers);
    outbox.post(() => mails.passwordReset(user.email, occasion));
    const duties = await Promise.allSettled([
      backoff.liftAccount(user.email),
      devices.forgetDevicesOf(user.id),
      voidLink(user.id),
      // The link came by mail. An account that somebody else opened for this address is the owner's now.
      emailProofs.record(user.id),
    ]);
    // The password is a new one and the link is used up: to say "try again" would be wrong.
    for (const duty of duties) {
      if (duty.status === 'fulfilled') continue;
      reportProblem('What follows a password reset was not done', { error: duty.reason });
    }
  };
}
