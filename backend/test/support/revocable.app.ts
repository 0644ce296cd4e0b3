import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { createTestDatabase, type TestDatabase } from '@tessera/database/local';
import pg from 'pg';
import { bearer, mint } from './token.minter.js';
import { startTcpProxy, type TcpProxy } from './tcp.proxy.js';
import { startTestApp, type Answer, type TestApp } from './test-app.js';

/** The API, with real sessions whose end it hears of by two connections that tests can break. */
export interface RevocableApp {
  readonly testApp: TestApp;
  readonly database: TestDatabase;
  /** Carries the reads of the table. */
  readonly reads: TcpProxy;
  /** Carries the notifications. */
  readonly notifications: TcpProxy;
  readonly owner: pg.Client;
  /** Opens a session of ada's. */
  openSession(): Promise<string>;
  /** Who am I, by the one token of that session: a route that needs no database. */
  call(sessionId: string): Promise<Answer>;
  /** The answers, one after the other, up to and with the first one of this status. */
  callUntil(status: number, sessionId: string, patienceMs?: number): Promise<number[]>;
  /** Calls on, until so many milliseconds have gone by since a moment. */
  callUntilElapsed(milliseconds: number, since: number, sessionId: string): Promise<void>;
  /** What the API's role resolves names by, in this database, from its next connection on. */
  setSearchPath(path: string): Promise<void>;
  close(): Promise<void>;
}

export async function startRevocableApp(
  variables: Record<string, string> = {},
): Promise<RevocableApp> {
  const database = await createTestDatabase();
  const reads = await startTcpProxy(database.apiUrl);
  const notifications = await startTcpProxy(database.apiUrl);
  const owner = new pg.Client({ connectionString: database.ownerUrl });
  await owner.connect();
  await owner.query(`INSERT INTO "user" (id, name, email) VALUES ('ada', 'Ada', 'ada@x.example')`);
  const testApp = await startTestApp({
    API_DATABASE_URL: reads.through(database.apiUrl),
    API_LISTEN_URL: notifications.through(database.apiUrl),
    REVOCATION_MAX_STALENESS: '2s',
    API_RATE_LIMIT: '0',
    ...variables,
  });

  /** One token per session, so that it is one which the API remembers. */
  const tokens = new Map<string, string>();
  const call = (sid: string) => {
    const token = tokens.get(sid) ?? mint('ada', { claims: { sid } });
    tokens.set(sid, token);
    return testApp.request(null, 'GET', '/api/users/ada', { headers: bearer(token) });
  };

  return {
    testApp,
    database,
    reads,
    notifications,
    owner,
    call,
    async openSession() {
      const id = randomUUID();
      await owner.query(
        `INSERT INTO session (id, token, "userId", "expiresAt") VALUES ($1, $1, 'ada', now() + interval '1 d')`,
        [id],
      );
      return id;
    },
    async callUntil(status, sessionId, patienceMs = 10_000) {
      const deadline = performance.now() + patienceMs;
      const statuses: number[] = [];
      while (statuses.at(-1) !== status) {
        if (performance.now() > deadline) throw new Error(`No ${status} but ${statuses.at(-1)}`);
        statuses.push((await call(sessionId)).status);
        await pause(2);
      }
      return statuses;
    },
    async callUntilElapsed(milliseconds, since, sessionId) {
      while (performance.now() - since < milliseconds) {
        await call(sessionId);
        await pause(20);
      }
    },
    async setSearchPath(path) {
      const name = new URL(database.ownerUrl).pathname.slice(1);
      await owner.query(`ALTER ROLE tessera_api IN DATABASE ${name} SET search_path = ${path}`);
    },
    async close() {
      await testApp.close();
      await owner.end();
      await reads.close();
      await notifications.close();
      await database.drop();
    },
  };
}
