import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import { SecurityEventRecorder } from '@tessera/database/security-events';
import { createTestDatabase, type TestDatabase } from '@tessera/database/local';
import pg from 'pg';
import { readEnvironment } from '../src/config/env.js';
import { createApp } from '../src/configure-app.js';
import { startTcpProxy, type TcpProxy } from './support/tcp.proxy.js';
import { startTestApp, type TestApp } from './support/test-app.js';
import { bearer, FOREIGN_SECRET, mint, nowSeconds, SECRET } from './support/token.minter.js';

let database: TestDatabase;
let owner: pg.Client;
let proxy: TcpProxy;
let metricsPort: number;
let testApp: TestApp;

beforeAll(async () => {
  database = await createTestDatabase();
  owner = new pg.Client({ connectionString: database.ownerUrl });
  await owner.connect();
});
beforeEach(async () => {
  await owner.query('DELETE FROM security_event');
  proxy = await startTcpProxy(database.apiUrl);
  metricsPort = await freePort();
  testApp = await startTestApp({
    API_DATABASE_URL: proxy.through(database.apiUrl),
    API_RATE_LIMIT: '100',
    API_METRICS_PORT: String(metricsPort),
  });
});
afterEach(async () => {
  await testApp.close();
  await proxy.close();
});
afterAll(async () => {
  await owner.end();
  await database.drop();
});

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

/** Everything in the table, once the recorder has written what it holds. */
async function events(): Promise<Record<string, unknown>[]> {
  await testApp.app.get(SecurityEventRecorder, { strict: false }).flush();
  const { rows } = await owner.query<Record<string, unknown>>(
    'SELECT * FROM security_event ORDER BY occurred_at, count',
  );
  return rows;
}

const sumOf = (rows: Record<string, unknown>[]) =>
  rows.reduce((sum, { count }) => sum + Number(count), 0);
const get = (userId: string | null, url: string, headers: Record<string, string> = {}) =>
  testApp.request(userId, 'GET', url, { headers, address: '192.0.2.7' });

describe('the API records (FR-026)', () => {
  it('a refused token, with the reason that its sender is not told, and nothing of the token', async () => {
    const token = mint('ada', { claims: { exp: nowSeconds() - 60 } });
    await get(null, '/api/users/ada', {
      ...bearer(token),
      'user-agent': 'probe/1.0',
      'x-request-id': 'request-0001',
    });
    const rows = await events();
    expect(rows).toEqual([
      expect.objectContaining({
        source: 'api',
        kind: 'token_refused',
        outcome: 'refused',
        reason: 'expired',
        user_id: null,
        session_id: null,
        ip: '192.0.2.7',
        user_agent: 'probe/1.0',
        request_id: 'request-0001',
        count: 1,
      }),
    ]);
    for (const part of token.split('.')) expect(JSON.stringify(rows)).not.toContain(part);
  });

  it.each([
    ['no token', {}, 'missing_token'],
    ['a forged token', bearer(mint('ada', { secret: FOREIGN_SECRET })), 'unknown_key'],
    [
      'a token without a usable user id (FR-027)',
      bearer(mint('ada', { claims: { user_id: 7 } })),
      'invalid_claim',
    ],
    [
      'a token without a required claim (FR-027)',
      bearer(mint('ada', { claims: { sid: undefined } })),
      'missing_claim',
    ],
  ])('%s, and believes nothing that it says of its user', async (_name, headers, reason) => {
    await get(null, '/api/users/ada', headers);
    expect(await events()).toEqual([
      expect.objectContaining({ kind: 'token_refused', reason, user_id: null }),
    ]);
  });

  it('a route of another user, and whose token it was (FR-021)', async () => {
    await get('ada', '/api/users/bob/tasks');
    expect(await events()).toEqual([
      expect.objectContaining({
        kind: 'foreign_route_refused',
        outcome: 'refused',
        reason: 'foreign_owner',
        user_id: 'ada',
        session_id: 'session-of-ada',
      }),
    ]);
  });

  it('what was too much, and of whom', async () => {
    for (let count = 0; count < 103; count += 1) await get('ada', '/api/users/ada');
    const rows = await events();
    expect(sumOf(rows)).toBe(3);
    expect(rows).toContainEqual(
      expect.objectContaining({ kind: 'rate_limited', outcome: 'refused', user_id: 'ada' }),
    );
  });

  it('nothing of what is answered as asked', async () => {
    await get('ada', '/api/users/ada');
    await get('ada', '/nowhere');
    await get('ada', '/api/users/ada/tasks?limit=no');
    expect(await events()).toEqual([]);
  });
});

describe('however much is refused', () => {
  it('N refusals are N recorded, as rows and a count of the rest (SC-009)', async () => {
    // Beyond 100 a minute of one address the refusals are 429, and of another kind.
    const answers = await Promise.all(Array.from({ length: 130 }, () => get(null, '/api/users/a')));
    const rows = await events();
    for (const [status, kind, count] of [
      [401, 'token_refused', 100],
      [429, 'rate_limited', 30],
    ] as const) {
      const ofKind = rows.filter((row) => row['kind'] === kind);
      expect(answers.filter((answer) => answer.status === status)).toHaveLength(count);
      expect(sumOf(ofKind)).toBe(count);
      expect(ofKind.length).toBeLessThanOrEqual(22);
    }
  });

  it('a database that is out changes no answer, and is told all when it is back', async () => {
    proxy.cut();
    for (let count = 0; count < 20; count += 1) {
      expect((await get(null, '/api/users/ada')).status).toBe(401);
    }
    await testApp.app.get(SecurityEventRecorder, { strict: false }).flush();
    proxy.restore();
    expect(sumOf(await events())).toBe(20);
    expect(testApp.logs).toContainEqual(
      expect.objectContaining({ msg: 'Security events cannot be written yet' }),
    );
  });

  it('a process that stops in order writes the last of it', async () => {
    await Promise.all(Array.from({ length: 30 }, () => get(null, '/api/users/ada')));
    await testApp.app.close();
    const { rows } = await owner.query<Record<string, unknown>>('SELECT * FROM security_event');
    expect(sumOf(rows)).toBe(30);
  });
});

describe('the metrics of the API', () => {
  it('are served at a port of their own, on loopback', async () => {
    for (let count = 0; count < 15; count += 1) await get(null, '/api/users/ada');
    const answer = await fetch(`http://127.0.0.1:${metricsPort}/metrics`);
    expect(await answer.text()).toContain(
      'tessera_security_events_total{source="api",kind="token_refused",outcome="refused"} 15',
    );
    expect((await get(null, '/metrics')).status).toBe(404);
  });

  it('of a port that is taken keep the API from starting, by a sentence that names the variable', async () => {
    const app = await createApp(
      readEnvironment({
        API_DATABASE_URL: database.apiUrl,
        JWT_SECRET: SECRET,
        API_METRICS_PORT: String(metricsPort),
      }),
      { logDestination: { write: () => undefined } },
    );
    await expect(app.init()).rejects.toThrow(/^API_METRICS_PORT: /);
    await app.close();
  });
});
