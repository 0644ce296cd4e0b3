import { createTransport } from 'nodemailer';
import type { Mail, Mailer } from './mailer';

const CONNECTIONS = 3;
const PATIENCE_MS = 15_000;

/** Sends by SMTP, over a few connections that are kept open while there is something to send. */
export class SmtpMailer implements Mailer {
  readonly #transport;
  readonly #from;

  constructor(url: string, from: string) {
    this.#from = from;
    this.#transport = createTransport({
      url,
      pool: true,
      maxConnections: CONNECTIONS,
      connectionTimeout: PATIENCE_MS,
      greetingTimeout: PATIENCE_MS,
      socketTimeout: PATIENCE_MS,
      // Our mails have neither, and must not be made to read a file or a URL.
      disableFileAccess: true,
      disableUrlAccess: true,
    });
  }

  async send({ to, subject, text }: Mail): Promise<void> {
    await this.#transport.sendMail({
      from: this.#from,
      // As an object: a text would be read as a list of addresses.
      to: { name: '', address: to },
      subject,
      text,
    });
  }

  close(): void {
    this.#transport.close();
  }
}
