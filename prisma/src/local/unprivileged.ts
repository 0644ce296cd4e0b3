import { existsSync, lchownSync, lstatSync, readdirSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';

/**
 * PostgreSQL refuses to run as root, so root runs it as `nobody`, who can enter only folders that
 * are open to everybody.
 */
const NOBODY = 65_534;

/** Where root keeps what `nobody` must reach when the project's own folders are closed to others. */
export const OPEN_FOLDER = '/var/lib/tessera';

export const runsAsRoot = process.getuid?.() === 0;

/** Spread into `spawn` options: the user that PostgreSQL runs as. */
export const postgresUser = runsAsRoot ? { uid: NOBODY, gid: NOBODY } : {};

/** Whether any user can enter `path` (or where it will be) through all the folders above it. */
export function isOpenToOthers(path: string): boolean {
  for (let folder = path; ; folder = dirname(folder)) {
    if (existsSync(folder) && folder !== path && (statSync(folder).mode & 0o001) === 0)
      return false;
    if (folder === dirname(folder)) return true;
  }
}

/** Hands a folder with all it holds to the user that PostgreSQL runs as. Never follows a link of theirs. */
export function giveToPostgres(path: string): void {
  if (!runsAsRoot) return;
  lchownSync(path, NOBODY, NOBODY);
  if (!lstatSync(path).isDirectory()) return;
  for (const entry of readdirSync(path, { withFileTypes: true })) {
    const child = join(path, entry.name);
    if (entry.isDirectory()) giveToPostgres(child);
    else if (entry.isFile()) lchownSync(child, NOBODY, NOBODY);
  }
}
