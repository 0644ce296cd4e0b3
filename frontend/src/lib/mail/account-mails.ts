import type { Mail } from './mailer';

export interface Occasion {
  at: Date;
  /** "Firefox on Windows". */
  device: string | null;
  ipAddress: string | null;
}

export type AccountMails = ReturnType<typeof createAccountMails>;

/**
 * The mails about an account. None contains anything that was typed by whoever caused it, such as a
 * name: a stranger can make some of them go to any address.
 *
 * Tokens stand in the fragment of a link, which no browser sends to a server: no log has them, no
 * `Referer` passes them on.
 */
export function createAccountMails(webUrl: string) {
  const forgotten = `${webUrl}/forgot-password`;
  const notYou = `If this was not you, somebody knows your password. Choose a new one at once:\n${forgotten}`;

  return {
    resetLink: (to: string, token: string): Mail => ({
      to,
      subject: 'Choose a new password for Tessera',
      text: paragraphs(
        'Hello,',
        `somebody, hopefully you, asked for a new password. Choose it here:\n${webUrl}/reset-password#token=${token}`,
        'The link works once and for 30 minutes.',
        'If you did not ask for it, there is nothing to do: your password stays as it is.',
      ),
    }),

    verificationLink: (to: string, token: string): Mail => ({
      to,
      subject: 'Confirm your e-mail for Tessera',
      text: paragraphs(
        'Welcome!',
        `Please confirm that this address is yours:\n${webUrl}/verify-email#token=${token}`,
        'The link works once and for 24 hours.',
        'If you did not sign up, please ignore this mail: without the link nobody can use the account.',
      ),
    }),

    signUpWithUsedEmail: (to: string): Mail => ({
      to,
      subject: 'You already have an account with Tessera',
      text: paragraphs(
        'Hello,',
        'somebody, hopefully you, just tried to sign up with this address. It has an account already.',
        `Sign in:\n${webUrl}/sign-in`,
        `If you forgot your password, choose a new one:\n${forgotten}`,
        'If this was not you, there is nothing to do: nothing was changed.',
      ),
    }),

    passwordChanged: (to: string, occasion: Occasion): Mail => ({
      to,
      subject: 'Your password was changed',
      text: paragraphs(
        'Hello,',
        `the password of your account was changed, and you were signed out everywhere else.\n${told(occasion)}`,
        notYou,
      ),
    }),

    passwordReset: (to: string, occasion: Occasion): Mail => ({
      to,
      subject: 'Your password was replaced',
      text: paragraphs(
        'Hello,',
        `a new password was chosen for your account by a link that was sent here, and you were signed out everywhere.\n${told(occasion)}`,
        `If this was not you, somebody reads your mail. Secure your mailbox first, then choose a new password:\n${forgotten}`,
      ),
    }),

    signInFromNewDevice: (to: string, occasion: Occasion): Mail => ({
      to,
      subject: 'Sign-in from a new device',
      text: paragraphs(
        'Hello,',
        `there was a sign-in to your account from a device that we have not seen before.\n${told(occasion)}`,
        'If this was you, there is nothing to do.',
        notYou,
      ),
    }),
  };
}

function told({ at, device, ipAddress }: Occasion): string {
  const time = `${at.toISOString().slice(0, 16).replace('T', ' ')} UTC`;
  return [
    `Time: ${time}`,
    `Device: ${device ?? 'unknown'}`,
    `Address: ${ipAddress || 'unknown'}`,
  ].join('\n');
}

function paragraphs(...texts: string[]): string {
  return `${texts.join('\n\n')}\n\nTessera\n`;
}
