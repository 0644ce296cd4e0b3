import { rm } from 'node:fs/promises';
import pg from 'pg';
import { openDataFolder, type Passwords } from './data-folder.js';
import { OperatorError } from './operator-error.js';
import { adoptServer, launchServer } from './postgres-server.js';
import { runningPostmaster } from './postmaster.js';

const DATABASE = 'tessera';

export const embeddedUrl = (port: number, role: string, password: string, database = DATABASE) =>
  `postgresql://${role}:${password}@127.0.0.1:${port}/${database}`;

/** Held for as long as somebody uses the cluster, so that a second start can tell. */
const IN_USE_LOCK = 7_377_372;

export interface EmbeddedPostgres {
  ownerUrl: string;
  webUrl: string;
  apiUrl: string;
  port: number;
  /** Ends the server and waits for it; committed data stays. */
  stop(): Promise<void>;
  /** Ends the server and deletes its data, wherever that lies. */
  destroy(): Promise<void>;
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
  const server = found ? adoptServer(found) : await launchServer(folder);
  const urlOf = (role: string, password: string, database?: string) =>
    embeddedUrl(server.port, role, password, database);
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
  const stop = async () => {
    await inUse.end().catch(() => undefined);
    await server.stop();
  };
  return {
    ownerUrl: urlOf('tessera_owner', folder.passwords.owner),
    webUrl: urlOf('tessera_web', folder.passwords.web),
    apiUrl: urlOf('tessera_api', folder.passwords.api),
    port: server.port,
    stop,
    async destroy() {
      await stop();
      for (const path of [folder.cluster, options.dataDir]) {
        await rm(path, { recursive: true, force: true });
      }
    },
  };
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
