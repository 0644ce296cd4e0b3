import { ConfigurationError } from '@tessera/database/contract';
import type { SigningKeys } from '../../lib/auth/signing-keys.js';
import type { WebEnvironment } from '../../lib/env.js';
import { reportEvent, reportProblem } from '../../lib/report-problem.js';
import { SharedSecret } from './shared-secret.js';

/**
 * What SIGHUP asks for: the next token is signed with the secret that the environment file holds now. A
 * file that cannot be used changes nothing, and one line says why, without any value.
 *
 * @param read the environment as it is now, the file included
 */
export function reloadSigningKey(keys: SigningKeys, read: () => WebEnvironment): void {
  if (!(keys instanceof SharedSecret)) {
    reportEvent('SIGHUP: nothing to read again: with JWT_MODE=jwks the keys are in the database');
    return;
  }
  const before = keys.current().kid;
  try {
    const { signing, keyFile } = read();
    if (keyFile === undefined) {
      reportEvent('SIGHUP: nothing to read again: no ENV_FILE is set');
    } else if (signing.mode === 'shared-secret') {
      keys.replace(signing.secret);
      const { kid } = keys.current();
      reportEvent(
        `SIGHUP: signing with key ${kid} ${kid === before ? 'as before' : `instead of ${before}`}`,
      );
    }
  } catch (error) {
    // Whatever it is, the process goes on; only of a ConfigurationError it is known that it tells no value.
    const known = error instanceof ConfigurationError;
    const reason = known
      ? error.message.replaceAll('\n', '; ')
      : `unexpected ${error instanceof Error ? error.name : 'error'}`;
    reportProblem(`SIGHUP: still signing with key ${before}: ${reason}`, {});
  }
}
