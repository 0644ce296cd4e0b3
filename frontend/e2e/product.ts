import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { startEmbeddedPostgres } from '@tessera/database/local';
import { startDatabaseSwitch } from './database-switch.js';

/**
 * Starts the product as `npm start` does, on free ports, with data and secrets of its own, and a
 * database server that the tests can switch off. Its addresses reach the tests in `E2E_*` variables.
 */
export default async function startProduct(): Promise<() => Promise<void>> {
  const folder = await mkdtemp(join(tmpdir(), 'tessera-e2e-'));
  const postgres = await startEmbeddedPostgres({ dataDir: join(folder, 'data') });
  const database = await startDatabaseSwitch(postgres.port);
  const throughSwitch = (url: string) => url.replace(`:${postgres.port}/`, `:${database.port}/`);
  const [webPort, apiPort] = [await freePort(), await freePort()];
  const envFile = join(folder, '.env');
  const product = spawn(
    process.execPath,
    [resolve(import.meta.dirname, '../../scripts/start.mjs')],
    {
      stdio: ['ignore', 'pipe', 'inherit'],
      env: {
        ...process.env,
        ENV_FILE: envFile,
        DATA_DIR: join(folder, 'files'),
        WEB_PORT: String(webPort),
        API_PORT: String(apiPort),
        DATABASE_URL: postgres.ownerUrl,
        WEB_DATABASE_URL: throughSwitch(postgres.webUrl),
        API_DATABASE_URL: throughSwitch(postgres.apiUrl),
        // Each test is a client of its own: it reports an address in X-Forwarded-For.
        TRUSTED_PROXIES: '127.0.0.1/32',
        LOG_LEVEL: 'error',
      },
    },
  );
  const ended = new Promise<void>((done) => product.once('exit', () => done()));
  await new Promise<void>((ready, failed) => {
    product.once('exit', (code) =>
      failed(new Error(`The product ended with ${code} before it was ready`)),
    );
    product.stdout.on('data', (chunk: Buffer) => {
      process.stdout.write(chunk);
      if (/^ready/m.test(chunk.toString())) ready();
    });
  });
  Object.assign(process.env, {
    E2E_WEB_URL: `http://localhost:${webPort}`,
    E2E_API_URL: `http://localhost:${apiPort}`,
    E2E_OWNER_URL: postgres.ownerUrl,
    E2E_WEB_DATABASE_URL: postgres.webUrl,
    E2E_API_DATABASE_URL: postgres.apiUrl,
    E2E_DATABASE_SWITCH: database.controlUrl,
    E2E_ENV_FILE: envFile,
  });
  return async () => {
    product.kill('SIGTERM');
    await ended;
    database.stop();
    await postgres.destroy();
    await rm(folder, { recursive: true, force: true });
  };
}

export function freePort(): Promise<number> {
  return new Promise((found, failed) => {
    const probe = createServer().once('error', failed);
    probe.listen(0, '127.0.0.1', () => {
      const { port } = probe.address() as AddressInfo;
      probe.close(() => found(port));
    });
  });
}
