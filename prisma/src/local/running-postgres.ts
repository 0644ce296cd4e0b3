import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { openDataFolder } from './data-folder.js';
import { OperatorError } from './operator-error.js';
import { runningPostmaster } from './postmaster.js';
import { embeddedUrl } from './embedded-postgres.js';

/**
 * The owner's URL of the embedded server that runs on this data now. Starts and makes nothing.
 *
 * @throws OperatorError when none runs
 */
export function ownerUrlOfRunning(dataDir: string): string {
  // A folder that is opened is made.
  const folder = existsSync(join(dataDir, 'postgres')) ? openDataFolder(dataDir) : undefined;
  const server = folder && runningPostmaster(folder.cluster);
  if (!server) {
    throw new OperatorError(
      `Tessera does not run on ${dataDir}: start it (npm start), or set DATABASE_URL to a server.`,
    );
  }
  return embeddedUrl(server.port, 'tessera_owner', folder.passwords.owner);
}
