import { spawn, type ChildProcess } from 'node:child_process';
import { closeSync, openSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import pg from 'pg';
import type { DataFolder } from './data-folder.js';
import { initializeCluster } from './initialize-cluster.js';
import { OperatorError } from './operator-error.js';
import { postgresBinaries } from './postgres-binaries.js';
import { isAlive, runningPostmaster, type Postmaster } from './postmaster.js';
import { giveToPostgres, postgresUser } from './unprivileged.js';

const START_TIMEOUT_MS = 30_000;
const STOP_TIMEOUT_MS = 8_000;
const RESTART_DELAY_MS = 1_000;

/** A PostgreSQL server process, which only its maker ends. */
export interface PostgresServer {
  port: number;
  stop(): Promise<void>;
}

/** Takes over a server that a killed start left behind. It is not restarted when it ends. */
export function adoptServer({ pid, port }: Postmaster): PostgresServer {
  return { port, stop: () => endProcess(pid) };
}

/** Makes the cluster if need be, starts its server, and restarts it when it ends unasked. */
export async function launchServer(folder: DataFolder): Promise<PostgresServer> {
  const binaries = postgresBinaries();
  await initializeCluster(binaries, folder.cluster, folder.passwords.postgres);
  giveToPostgres(folder.cluster);
  const port = await freePort();
  let stopping = false;
  let child = run(binaries, folder, port);
  const watch = () => {
    child.once('exit', () => {
      if (stopping) return;
      setTimeout(() => {
        if (stopping) return;
        child = run(binaries, folder, port);
        watch();
      }, RESTART_DELAY_MS).unref();
    });
  };
  const stop = async () => {
    stopping = true;
    if (child.pid !== undefined) await endProcess(child.pid);
  };
  try {
    await answering(port, folder, child);
  } catch (error) {
    await stop();
    throw error;
  }
  watch();
  return { port, stop };
}

function run(binaries: string, folder: DataFolder, port: number): ChildProcess {
  // Whatever process the file names, it is not this cluster's server: that was looked at first.
  if (!runningPostmaster(folder.cluster))
    rmSync(join(folder.cluster, 'postmaster.pid'), { force: true });
  const log = openSync(folder.log, 'a', 0o600);
  try {
    return spawn(
      join(binaries, 'postgres'),
      [
        '-D',
        folder.cluster,
        '-p',
        String(port),
        '-k',
        '',
        '-c',
        'listen_addresses=127.0.0.1',
        '-c',
        'max_connections=200',
      ],
      // A process group of its own: Ctrl-C in the terminal must reach the apps first.
      {
        ...postgresUser,
        cwd: '/',
        detached: true,
        stdio: ['ignore', log, log],
        env: { TZ: 'UTC' },
      },
    );
  } finally {
    closeSync(log);
  }
}

async function answering(port: number, folder: DataFolder, child: ChildProcess): Promise<void> {
  const until = performance.now() + START_TIMEOUT_MS;
  for (;;) {
    if (child.exitCode !== null || child.signalCode !== null || performance.now() > until) {
      throw new OperatorError(`The embedded PostgreSQL did not start; see ${folder.log}.`);
    }
    const client = new pg.Client({
      host: '127.0.0.1',
      port,
      user: 'postgres',
      password: folder.passwords.postgres,
      database: 'postgres',
    });
    client.on('error', () => undefined);
    try {
      await client.connect();
      await client.query('SELECT 1');
      return;
    } catch (error) {
      if (error instanceof pg.DatabaseError && error.code === '28P01') {
        throw new OperatorError('DATA_DIR: its passwords.json does not fit its database.');
      }
      await delay(50);
    } finally {
      await client.end().catch(() => undefined);
    }
  }
}

async function endProcess(pid: number): Promise<void> {
  for (const signal of ['SIGINT', 'SIGQUIT'] as const) {
    if (!isAlive(pid)) return;
    process.kill(pid, signal);
    const until = performance.now() + STOP_TIMEOUT_MS;
    while (isAlive(pid) && performance.now() < until) await delay(20);
  }
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
    });
  });
}
