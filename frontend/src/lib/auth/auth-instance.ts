import 'server-only';
import { webEnvironment } from '@/lib/env';
import { beforeStop } from '@/lib/last-duties';
import { MailOutbox } from '@/lib/mail/mail-outbox';
import { createMailer } from '@/lib/mail/mailer';
import { type Auth, createAuth } from './auth';
import { databaseInstance } from './database-instance';
import { sharedSigningKeys } from './signing-keys';

/**
 * One per copy of this module: Next bundles one for pages and one for routes, and what a request is
 * known by (AsyncLocalStorage) is found only by the copy that was told.
 */
let instance: Auth | undefined;

/** Created on first use, since a build has neither environment nor database. */
export function authInstance(): Auth {
  return (instance ??= createInstance());
}

function createInstance(): Auth {
  const environment = webEnvironment();
  const outbox = new MailOutbox(createMailer(environment));
  beforeStop(() => outbox.idle());
  return createAuth(environment, databaseInstance(), sharedSigningKeys(), outbox);
}
