import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { join } from 'node:path';
import { createTestDatabase, type TestDatabase } from '@tessera/database/local';
import { SECRET } from './support/token.minter.js';

// The process as it is launched: built, with its own variables only.
const main = join(__dirname, '..', 'dist', 'main.js');

let database: TestDatabase;
const children: ChildProcess[] = [];
beforeAll(async () => {
  if (!existsSync(main)) throw new Error('The backend is not built: npm run build -w backend');
  database = await createTestDatabase();
});
afterEach(() => children.splice(0).forEach((child) => child.kill('SIGKILL')));
afterAll(() => database.drop());

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

function launch(variables: Record<string, string | undefined>) {
  const env = { API_DATABASE_URL: database.apiUrl, JWT_SECRET: SECRET, ...variables };
  const child = fork(main, { env, stdio: ['ignore', 'pipe', 'pipe', 'ipc'] });
  children.push(child);
  let output = '';
  const streams = [child.stdout, child.stderr].filter((stream) => stream !== null);
  for (const stream of streams) stream.on('data', (chunk: Buffer) => (output += chunk.toString()));
  // Not 'close': a child whose channel was cut emits none.
  const exited = Promise.all([
    once(child, 'exit'),
    ...streams.map((stream) => once(stream, 'end')),
  ]).then(([[code]]) => ({ code: code as number | null, output }));
  return { child, exited };
}

describe('the process of the API', () => {
  it.each([
    ['JWT_SECRET', { JWT_SECRET: undefined }],
    ['JWT_SECRET', { JWT_SECRET: 'hunter2' }],
    ['API_DATABASE_URL', { API_DATABASE_URL: undefined }],
    ['API_PORT', { API_PORT: 'hunter2' }],
  ])(
    'does not start without a good %s, and says so without its value (FR-016, FR-025)',
    async (name, change) => {
      const { code, output } = await launch(change).exited;
      expect(code).toBe(1);
      expect(output).toMatch(new RegExp(`^${name}: `, 'm'));
      expect(output).not.toMatch(/hunter2|\n\s+at /);
    },
  );

  it.each(['ownerUrl', 'webUrl'] as const)('refuses to start as another role: %s', async (url) => {
    const { code, output } = await launch({ API_DATABASE_URL: database[url] }).exited;
    expect(code).toBe(1);
    expect(output).toMatch(/^API_DATABASE_URL: The database role "\w+" .*tessera_api/m);
    expect(output).not.toContain(new URL(database[url]).password);
  });

  it('names the port and its variable when the port is taken', async () => {
    const server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    const { code, output } = await launch({ API_PORT: String(port) }).exited;
    server.close();
    expect(code).toBe(1);
    expect(output).toMatch(new RegExp(`^API_PORT: port ${port} is taken`, 'm'));
  });

  it.each([
    ['SIGTERM', (child: ChildProcess) => child.kill('SIGTERM')],
    ['SIGINT', (child: ChildProcess) => child.kill('SIGINT')],
    ['the end of its launcher', (child: ChildProcess) => child.disconnect()],
  ])('says when it is ready, serves, and ends with 0 on %s', async (_name, stop) => {
    const port = await freePort();
    const { child, exited } = launch({ API_PORT: String(port) });
    expect((await once(child, 'message'))[0]).toEqual({ type: 'ready' });
    // A connection that stays open must not keep it.
    const answer = await fetch(`http://127.0.0.1:${port}/health`);
    expect(await answer.json()).toMatchObject({ status: 'ok' });
    stop(child);
    expect((await exited).code).toBe(0);
  });
});
