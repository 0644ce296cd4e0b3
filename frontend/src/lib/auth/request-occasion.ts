import type { Occasion } from '@/lib/mail/account-mails';
import { CLIENT_ADDRESS } from '@/lib/client-address-header';
import { deviceName } from './device-name';

/** When, and from where, a request came: what a mail tells the owner of the account. */
export function occasionOf(headers: Headers | undefined): Occasion {
  return {
    at: new Date(),
    device: deviceName(headers?.get('user-agent')),
    ipAddress: headers?.get(CLIENT_ADDRESS) ?? null,
  };
}
