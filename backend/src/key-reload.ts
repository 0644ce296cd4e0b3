import type { INestApplicationContext } from '@nestjs/common';
import { ConfigurationError } from '@tessera/database/contract';
import { KEY_SET, SharedSecretKeys } from './auth/index.js';
import { readEnvironment } from './config/env.js';
import { ApplicationLogger } from './logging/application.logger.js';

const CONTEXT = 'Keys';

/** What SIGHUP asks for: takes over the secrets that `ENV_FILE` has by now. A bad file changes nothing. */
export function reloadKeys(app: INestApplicationContext): void {
  const logger = app.get(ApplicationLogger);
  const keys: unknown = app.get(KEY_SET);
  if (!(keys instanceof SharedSecretKeys)) {
    logger.log('SIGHUP: nothing to read again, the issuer publishes its keys', CONTEXT);
    return;
  }
  try {
    const { jwt } = readEnvironment();
    if (!('secret' in jwt)) return;
    keys.replace(jwt.secret, jwt.acceptedSecrets);
    logger.log(`SIGHUP: tokens are verified by ${keys.ids.join(', ')}`, CONTEXT);
  } catch (error) {
    const reason = error instanceof ConfigurationError ? error.message : 'they cannot be read';
    logger.error(`SIGHUP: the secrets stay as they were. ${reason}`, CONTEXT);
  }
}
