import { BenchProcess } from '../bench.process.js';
import type { Cores } from '../cores.js';
import { withDatabase } from './database.js';
import { HTTP_ROWS, SERVERS, type HttpRow, type HttpRowName } from './http.rows.js';
import type { LoadOrder, LoadResult } from './load.process.js';

export interface HttpOptions {
  readonly cores: Cores | undefined;
  readonly rounds: number;
  readonly secondsPerRow: number;
  readonly onProgress: (done: number) => void;
}

/** The best of all rounds. */
export interface HttpResult {
  readonly cpuMicros: number;
  readonly requestsPerSecond: number;
  /** How much of its core the server used: below 1 the load did not keep up with it. */
  readonly busy: number;
  readonly requests: number;
}

export type HttpResults = Record<HttpRowName, HttpResult>;

/** A request was not answered as it should have been, which makes all figures worthless. */
export class FailedRequestsError extends Error {
  override name = 'FailedRequestsError';
}

interface Server {
  readonly process: BenchProcess;
  readonly port: number;
}

const rows = Object.entries(HTTP_ROWS) as [HttpRowName, HttpRow][];

/** Measures all servers side by side: every round gives each row its turn. */
export function measureHttp(options: HttpOptions): Promise<HttpResults> {
  return withDatabase((databaseUrl) => measureAll(options, databaseUrl));
}

async function measureAll(options: HttpOptions, databaseUrl: string): Promise<HttpResults> {
  const { cores, rounds, secondsPerRow, onProgress } = options;
  const load = BenchProcess.start('./http/load.process.js', { core: cores?.load });
  const servers = await startServers(cores?.measured, databaseUrl);
  const results: Partial<HttpResults> = {};
  try {
    // Round 0 warms up, and its figures are thrown away.
    for (let round = 0; round <= rounds; round += 1) {
      for (const [index, [name, row]] of rows.entries()) {
        const measured = await measureRow(row, servers[row.server], load, secondsPerRow);
        if (round > 0) results[name] = better(results[name], measured);
        onProgress((round * rows.length + index + 1) / ((rounds + 1) * rows.length));
      }
    }
  } finally {
    for (const { process } of Object.values(servers)) process.stop();
    load.stop();
  }
  return results as HttpResults;
}

async function startServers(
  core: number | undefined,
  databaseUrl: string,
): Promise<Record<HttpRow['server'], Server>> {
  const environment = { API_DATABASE_URL: databaseUrl };
  const started = Object.entries(SERVERS).map(async ([name, [module, ...args]]) => {
    const process = BenchProcess.start(`./servers/${module}.server.js`, { args, environment });
    const { port } = await process.next<{ port: number }>();
    // Not before: all of them start at once, on all cores.
    process.pinTo(core);
    return [name, { process, port }] as const;
  });
  return Object.fromEntries(await Promise.all(started)) as Record<HttpRow['server'], Server>;
}

async function measureRow(
  { title, credentials, status }: HttpRow,
  server: Server,
  load: BenchProcess,
  seconds: number,
): Promise<HttpResult> {
  const before = await cpuMicros(server);
  const order: LoadOrder = { port: server.port, credentials, expectedStatus: status, seconds };
  const result = await load.ask<LoadResult>(order);
  const spent = (await cpuMicros(server)) - before;
  if (result.error !== undefined || result.failed > 0 || result.answered === 0) {
    const { answered, failed, error = 'unexpected status' } = result;
    throw new FailedRequestsError(`${title}: ${failed} of ${answered} requests failed (${error})`);
  }
  return {
    cpuMicros: spent / result.answered,
    requestsPerSecond: result.answered / result.seconds,
    busy: spent / (result.seconds * 1e6),
    requests: result.answered,
  };
}

/** User and system time of all threads, as the kernel counts it: what /proc shows, only finer. */
async function cpuMicros({ process }: Server): Promise<number> {
  const { cpu } = await process.ask<{ cpu: NodeJS.CpuUsage }>({});
  return cpu.user + cpu.system;
}

function better(known: HttpResult | undefined, measured: HttpResult): HttpResult {
  if (known === undefined) return measured;
  return {
    cpuMicros: Math.min(known.cpuMicros, measured.cpuMicros),
    requestsPerSecond: Math.max(known.requestsPerSecond, measured.requestsPerSecond),
    busy: Math.max(known.busy, measured.busy),
    requests: known.requests + measured.requests,
  };
}
