import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  applyRoles,
  migrate,
  startEmbeddedPostgres,
  type EmbeddedPostgres,
} from '@tessera/database/local';
import pg from 'pg';
import { freePort } from './free.port.js';
import { PostgresProcess } from './postgres.process.js';
import { RunningApp } from './running.app.js';
import { TcpProxy } from './tcp.proxy.js';

export interface ProductOptions {
  readonly apis?: number;
  /** On top of what every measurement needs. */
  readonly web?: Record<string, string>;
  readonly api?: Record<string, string>;
}

/** The whole product on free ports, with a database, secrets and a folder of its own. */
export interface Product {
  /** As the owner, past all proxies. */
  readonly sql: pg.Pool;
  readonly server: PostgresProcess;
  /** What the APIs ask the database passes here. */
  readonly reads: TcpProxy;
  /** What the APIs listen to passes here. */
  readonly listens: TcpProxy;
  readonly web: RunningApp;
  readonly apis: readonly RunningApp[];
  readonly webUrl: string;
  /** As the API's role, past all proxies. */
  readonly apiDatabaseUrl: string;
}

/** Runs a measurement on a product of its own, and leaves nothing of it behind. */
export async function withProduct<Result>(
  options: ProductOptions,
  measure: (product: Product) => Promise<Result>,
): Promise<Result> {
  const steps: (() => Promise<unknown>)[] = [];
  let undone: Promise<void> | undefined;
  const undo = () => (undone ??= runAll(steps));
  const interrupted = () => void undo().finally(() => process.exit(130));
  process.once('SIGINT', interrupted).once('SIGTERM', interrupted);
  try {
    return await measure(await start(options, (step) => steps.unshift(step)));
  } finally {
    await undo();
    process.off('SIGINT', interrupted).off('SIGTERM', interrupted);
  }
}

/** Those too that are added while it runs, and whatever becomes of the others. */
async function runAll(steps: (() => Promise<unknown>)[]): Promise<void> {
  for (let step = steps.shift(); step !== undefined; step = steps.shift()) {
    await step().catch((error: unknown) => console.error(error));
  }
}

type AtTheEnd = (step: () => Promise<unknown>) => void;

async function start(options: ProductOptions, atTheEnd: AtTheEnd): Promise<Product> {
  const folder = await mkdtemp(join(tmpdir(), 'tessera-bench-'));
  atTheEnd(() => rm(folder, { recursive: true, force: true }));
  const dataDir = join(folder, 'data');
  const starting = startEmbeddedPostgres({ dataDir });
  const server = new PostgresProcess(dataDir);
  atTheEnd(async () => {
    const started = await starting;
    // A server that is stopped right now would not hear that it is to end.
    server.signalAll('SIGCONT');
    await started.destroy();
  });
  const postgres = await starting;
  await migrate(postgres.ownerUrl);
  await applyRoles(postgres);
  const sql = new pg.Pool({ connectionString: postgres.ownerUrl, max: 20 });
  // A server that is killed breaks idle connections; the pool makes others.
  sql.on('error', () => undefined);
  atTheEnd(() => sql.end());
  const [reads, listens] = [
    await TcpProxy.start(postgres.port),
    await TcpProxy.start(postgres.port),
  ];
  atTheEnd(() => Promise.all([reads.stop(), listens.stop()]));
  const apps = await startApps(options, { folder, postgres, reads, listens }, atTheEnd);
  return { sql, server, reads, listens, ...apps, apiDatabaseUrl: postgres.apiUrl };
}

interface Surroundings extends Pick<Product, 'reads' | 'listens'> {
  readonly folder: string;
  readonly postgres: EmbeddedPostgres;
}

async function startApps(
  options: ProductOptions,
  { folder, postgres, reads, listens }: Surroundings,
  atTheEnd: AtTheEnd,
): Promise<Pick<Product, 'web' | 'apis' | 'webUrl'>> {
  const webPort = await freePort();
  const apiPorts: number[] = [];
  while (apiPorts.length < (options.apis ?? 3)) apiPorts.push(await freePort());
  const webUrl = `http://localhost:${webPort}`;
  const both = {
    DEPLOYMENT: 'local',
    WEB_URL: webUrl,
    // The audience of every token, whichever API gets it.
    API_URL: `http://localhost:${apiPorts[0]}`,
    JWT_SECRET: secret(),
  };
  const launch = (app: 'web' | 'api', port: number, environment: Record<string, string>) => {
    const log = join(folder, `${app}-${port}.log`);
    const starting = RunningApp.start(app, port, { ...both, ...environment }, log);
    atTheEnd(() => starting.then((running) => running.end('SIGTERM')).catch(() => undefined));
    return starting;
  };
  const starting = launch('web', webPort, {
    WEB_PORT: String(webPort),
    API_PORT: String(apiPorts[0]),
    WEB_DATABASE_URL: postgres.webUrl,
    BETTER_AUTH_SECRET: secret(),
    AUTH_RATE_LIMIT: 'off',
    DATA_DIR: join(folder, 'web'),
    NEXT_TELEMETRY_DISABLED: '1',
    ...options.web,
  });
  const startingApis = apiPorts.map((port) =>
    launch('api', port, {
      WEB_PORT: String(webPort),
      API_PORT: String(port),
      API_DATABASE_URL: reads.through(postgres.apiUrl),
      API_LISTEN_URL: listens.through(postgres.apiUrl),
      API_RATE_LIMIT: '0',
      LOG_LEVEL: 'error',
      ...options.api,
    }),
  );
  return { web: await starting, apis: await Promise.all(startingApis), webUrl };
}

const secret = () => randomBytes(32).toString('base64url');
