import { execFile } from 'node:child_process';
import { existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { giveToPostgres, postgresUser } from './unprivileged.js';

/**
 * Makes the database cluster, unless it is there. It is built beside its place and then renamed, so a
 * start that was interrupted leaves nothing half made behind.
 */
export async function initializeCluster(
  binaries: string,
  cluster: string,
  password: string,
): Promise<void> {
  if (existsSync(join(cluster, 'PG_VERSION'))) return;
  const unfinished = `${cluster}.unfinished`;
  rmSync(unfinished, { recursive: true, force: true });
  mkdirSync(unfinished, { mode: 0o700 });
  giveToPostgres(unfinished);
  // Beside the cluster, where PostgreSQL's user surely gets: a folder for temporary files may be closed.
  const passwordFile = `${cluster}.password`;
  try {
    writeFileSync(passwordFile, password, { mode: 0o600 });
    giveToPostgres(passwordFile);
    const options = ['-U', 'postgres', '-A', 'scram-sha-256', `--pwfile=${passwordFile}`];
    const locale = [
      '--encoding=UTF8',
      '--locale-provider=builtin',
      '--locale=C',
      '--builtin-locale=C.UTF-8',
    ];
    await promisify(execFile)(
      join(binaries, 'initdb'),
      ['-D', unfinished, ...options, ...locale, '--no-sync'],
      { ...postgresUser, cwd: '/', env: { TZ: 'UTC', PATH: process.env['PATH'] } },
    );
    renameSync(unfinished, cluster);
  } finally {
    rmSync(passwordFile, { force: true });
    rmSync(unfinished, { recursive: true, force: true });
  }
}
