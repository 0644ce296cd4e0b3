import { randomBytes } from 'node:crypto';
import {
  chmodSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readFileSync,
  readlinkSync,
  realpathSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { OperatorError } from './operator-error.js';
import { isOpenToOthers, OPEN_FOLDER, runsAsRoot } from './unprivileged.js';

/** The passwords of the embedded server's four roles, made once with its data. */
export interface Passwords {
  postgres: string;
  owner: string;
  web: string;
  api: string;
}

export interface DataFolder {
  /** The database cluster; may not exist yet. */
  cluster: string;
  passwords: Passwords;
  log: string;
}

/**
 * Opens (or makes) the folder that holds the embedded server: its passwords (0600), its log and the
 * cluster. Where root runs and the folder lies under one closed to others, the cluster itself lives in
 * a folder PostgreSQL's user can reach, and a link leads there.
 *
 * @throws OperatorError when the folder cannot be written or its passwords are lost
 */
export function openDataFolder(directory: string): DataFolder {
  try {
    mkdirSync(directory, { recursive: true, mode: runsAsRoot ? 0o711 : 0o700 });
    const home = realpathSync(directory);
    const passwords = loadPasswords(home);
    return { cluster: clusterFolder(home), passwords, log: join(home, 'postgres.log') };
  } catch (error) {
    if (
      error instanceof Error &&
      'code' in error &&
      ['EACCES', 'EPERM', 'EROFS', 'ENOTDIR', 'EEXIST'].includes(String(error.code))
    ) {
      throw new OperatorError(
        `DATA_DIR: no permission to use ${directory}: another user made it, or it is not a folder.`,
      );
    }
    throw error;
  }
}

function loadPasswords(home: string): Passwords {
  const file = join(home, 'passwords.json');
  if (!existsSync(file)) {
    if (existsSync(join(home, 'postgres'))) {
      throw new OperatorError(
        `DATA_DIR: ${file} is missing, so its database cannot be opened: restore the file, or remove the folder to start afresh.`,
      );
    }
    const passwords: Passwords = {
      postgres: freshPassword(),
      owner: freshPassword(),
      web: freshPassword(),
      api: freshPassword(),
    };
    writeFileSync(file, JSON.stringify(passwords), { mode: 0o600, flag: 'wx' });
  }
  return JSON.parse(readFileSync(file, 'utf8')) as Passwords;
}

const freshPassword = () => randomBytes(24).toString('base64url');

function clusterFolder(home: string): string {
  const cluster = join(home, 'postgres');
  if (lstatSync(cluster, { throwIfNoEntry: false })?.isSymbolicLink()) return readlinkSync(cluster);
  if (!runsAsRoot || existsSync(cluster)) return cluster;
  chmodSync(home, 0o711);
  if (isOpenToOthers(cluster)) return cluster;
  mkdirSync(OPEN_FOLDER, { recursive: true, mode: 0o755 });
  const elsewhere = join(OPEN_FOLDER, `data-${randomBytes(8).toString('hex')}`);
  symlinkSync(elsewhere, cluster);
  return elsewhere;
}
