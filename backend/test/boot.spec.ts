import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { connect, createServer, type AddressInfo } from 'node:net';
import { join } from 'node:path';
import { createTestDatabase, type TestDatabase } from '@tessera/database/local';
import pg from 'pg';
import { PATIENCE_MS } from '../src/graceful-stop.js';
import { mint, SECRET } from './support/token.minter.js';

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

async function addAda(): Promise<void> {
  const owner = new pg.Client({ connectionString: database.ownerUrl });
  await owner.connect();
  await owner.query(
    `INSERT INTO "user" (id, name, email) VALUES ('ada', 'ada', 'ada@example.com')`,
  );
  await owner.end();
}

/** Resolves when nobody listens any more. */
async function refusesConnections(port: number): Promise<void> {
  for (;;) {
    const socket = connect(port, '127.0.0.1');
    const isRefused = await once(socket, 'connect').then(
      () => false,
      () => true,
    );
    socket.destroy();
    if (isRefused) return;
  }
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

  it('names the port when it is taken, and loses nothing that it logged before', async () => {
    const server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    const { code, output } = await launch({ API_PORT: String(port), LOG_LEVEL: 'debug' }).exited;
    server.close();
    expect(code).toBe(1);
    expect(output).toMatch(new RegExp(`^API_PORT: port ${port} is taken`, 'm'));
    expect(output).toMatch(/"context":"InstanceLoader"/);
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
    await (await fetch(`http://127.0.0.1:${port}/last-request`)).text();
    stop(child);
    const { code, output } = await exited;
    expect(code).toBe(0);
    // Lines are written in batches, and none is left behind.
    expect(output).toMatch(/"msg":"listening on /);
    expect(output).toMatch(/"path":"\/last-request".*"status":404.*\n/);
  });

  it('does not wait for a connection that never sent a byte, as browsers keep them', async () => {
    const port = await freePort();
    const { child, exited } = launch({ API_PORT: String(port) });
    await once(child, 'message');
    const silent = connect(port, '127.0.0.1');
    await once(silent, 'connect');
    // Connections are taken in order: once this one was served, the process knows the silent one.
    await (await fetch(`http://127.0.0.1:${port}/health/live`)).text();
    const start = performance.now();
    child.kill('SIGTERM');
    expect((await exited).code).toBe(0);
    expect(performance.now() - start).toBeLessThan(PATIENCE_MS / 2);
    silent.destroy();
  });

  it('answers a request that was under way when it was told to end', async () => {
    await addAda();
    const port = await freePort();
    const { child, exited } = launch({ API_PORT: String(port), API_URL: 'http://localhost:3001' });
    await once(child, 'message');
    const socket = connect(port, '127.0.0.1');
    const body = '{"title":"late"}';
    const head = [
      'POST /api/users/ada/tasks HTTP/1.1',
      'host: localhost',
      `authorization: Bearer ${mint('ada')}`,
      'content-type: application/json',
      `content-length: ${body.length}`,
      'expect: 100-continue',
    ];
    socket.write(`${head.join('\r\n')}\r\n\r\n`);
    const [go] = (await once(socket, 'data')) as [Buffer];
    expect(go.toString()).toMatch(/^HTTP\/1.1 100 /);
    child.kill('SIGTERM');
    await refusesConnections(port);
    socket.write(body);
    const [answer] = (await once(socket, 'data')) as [Buffer];
    expect(answer.toString()).toMatch(/^HTTP\/1.1 201 /);
    expect((await exited).code).toBe(0);
  });
});
