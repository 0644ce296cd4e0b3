import { createHmac, hkdfSync } from 'node:crypto';

/**
 * What stands for an e-mail where it must not be kept itself: whoever reads the database cannot try
 * e-mails against it without the secret of the cookies.
 *
 * @param email trimmed and in lower case, as accounts keep it
 * @see https://www.rfc-editor.org/rfc/rfc5869
 */
export function hashEmail(email: string, cookieSecret: string): string {
  const key = hkdfSync('sha256', cookieSecret, '', 'tessera e-mail hash', 32);
  return createHmac('sha256', Buffer.from(key)).update(email).digest('base64url');
}
