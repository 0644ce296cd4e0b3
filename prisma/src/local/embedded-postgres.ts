import { spawn, type ChildProcess } from 'node:child_process';
import { closeSync, openSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import pg from 'pg';
import { openDataFolder, type DataFolder, type Passwords } from './data-folder.js';
import { initializeCluster } from './initialize-cluster.js';
import { OperatorError } from './operator-error.js';
import { postgresBinaries } from './postgres-binaries.js';
import { isAlive, runningPostmaster, type Postmaster } from './postmaster.js';
import { giveToPostgres, postgresUser } from './unprivileged.js';

const DATABASE = 'tessera';
const START_TIMEOUT_MS = 30_000;
const STOP_TIMEOUT_MS = 8_000;
const RESTART_DELAY_MS = 1_000;

/** Held for as long as somebody uses the cluster, so that a second start can tell. */
const IN_USE_LOCK = 7_377_372;

export interface EmbeddedPostgres {
  ownerUrl: string;
  webUrl: string;
  apiUrl: string;
  port: number;
  /** Ends the server and waits for it; committed data stays. */
  stop(): Promise<void>;
}

/**
 * Starts the PostgreSQL of the npm packages on a free loopback port, with its data in `dataDir`, and
 * restarts it when it ends unasked. A server that a killed start left behind is taken over.
 *
 * @throws OperatorError with a sentence: no binaries for this platform, folder not usable, already running
 */
export async function startEmbeddedPostgres(options: {
  dataDir: string;
}): Promise<EmbeddedPostgres> {
  const folder = openDataFolder(options.dataDir);
  const found = runningPostmaster(folder.cluster);
  const server = found ? adopt(found) : await launch(folder);
  const urlOf = (role: string, password: string, database = DATABASE) =>
    `postgresql://${role}:${password}@127.0.0.1:${server.port}/${database}`;
  const inUse = new pg.Client({
    connectionString: urlOf('postgres', folder.passwords.postgres, 'postgres'),
  });
  inUse.on('error', () => undefined);
  try {
    await inUse.connect();
    await claim(inUse, options.dataDir);
    await createOwner(inUse, folder.passwords);
  } catch (error) {
    await inUse.end();
    if (!found) await server.stop();
    throw error;
  }
  return {
    ownerUrl: urlOf('tessera_owner', folder.passwords.owner),
    webUrl: urlOf('tessera_web', folder.passwords.web),
    apiUrl: urlOf('tessera_api', folder.passwords.api),
    port: server.port,
    async stop() {
      await inUse.end().catch(() => undefined);
      await server.stop();
    },
  };
}

interface Server {
  port: number;
  stop(): Promise<void>;
}

function adopt({ pid, port }: Postmaster): Server {
  return { port, stop: () => endProcess(pid) };
}

async function launch(folder: DataFolder): Promise<Server> {
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

async function claim(client: pg.Client, dataDir: string): Promise<void> {
  const { rows } = await client.query<{ free: boolean }>(
    'SELECT pg_try_advisory_lock($1) AS free',
    [IN_USE_LOCK],
  );
  if (rows[0]?.free !== true) {
    throw new OperatorError(
      `Tessera already runs on ${dataDir}: stop it first, or set another DATA_DIR.`,
    );
  }
}

/** The owner may create roles and dump every row, as on a managed server, but is no superuser. */
async function createOwner(client: pg.Client, { owner }: Passwords): Promise<void> {
  const { rowCount } = await client.query(`SELECT FROM pg_roles WHERE rolname = 'tessera_owner'`);
  if (rowCount === 0) {
    await client.query(
      `CREATE ROLE tessera_owner LOGIN CREATEROLE CREATEDB BYPASSRLS PASSWORD ${client.escapeLiteral(owner)}`,
    );
  }
  const { rowCount: databases } = await client.query(
    `SELECT FROM pg_database WHERE datname = '${DATABASE}'`,
  );
  if (databases === 0) await client.query(`CREATE DATABASE ${DATABASE} OWNER tessera_owner`);
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
