import { join } from 'node:path';
import { FileMailer } from './file-mailer';
import { SmtpMailer } from './smtp-mailer';

/** A mail to one address, in plain text. */
export interface Mail {
  to: string;
  subject: string;
  text: string;
}

/** The way out for mails. */
export interface Mailer {
  /** @throws Error when the mail was not taken; it may be tried again */
  send(mail: Mail): Promise<void>;
}

/** Where mails are written when nothing sends them. */
export function mailFolder(dataDir: string): string {
  return join(dataDir, 'mail');
}

export function createMailer(options: {
  smtpUrl: string | undefined;
  mailFrom: string;
  dataDir: string;
}): Mailer {
  return options.smtpUrl === undefined
    ? new FileMailer(mailFolder(options.dataDir))
    : new SmtpMailer(options.smtpUrl, options.mailFrom);
}
