import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { createTestDatabase, type TestDatabase } from '@tessera/database/local';
import pg from 'pg';
import { readEnvironment } from '../../src/config/env.js';
import { createApp } from '../../src/configure-app.js';
import { bearer, mint, SECRET } from './token.minter.js';

export interface TestApp {
  app: NestFastifyApplication;
  database: TestDatabase;
  /** Every log line so far, parsed. */
  logs: Record<string, unknown>[];
  /** Runs SQL as the owner, who is bound by row level security too, and sets the user first. */
  sql(text: string, values?: unknown[], asUser?: string): Promise<Record<string, unknown>[]>;
  addUser(id: string): Promise<void>;
  /** Calls the API as `userId`, with a fresh good token, or as nobody. */
  request(
    userId: string | null,
    method: 'GET' | 'POST' | 'PATCH' | 'DELETE' | 'PUT' | 'OPTIONS' | 'HEAD',
    url: string,
    options?: { body?: unknown; headers?: Record<string, string>; address?: string },
  ): Promise<Answer>;
  close(): Promise<void>;
}

export interface Answer {
  status: number;
  headers: Record<string, string | undefined>;
  text: string;
  body: Record<string, unknown>;
}

/** The product's own application on a database of its own; `variables` override its environment. */
export async function startTestApp(variables: Record<string, string> = {}): Promise<TestApp> {
  const database = await createTestDatabase();
  const logs: Record<string, unknown>[] = [];
  const environment = readEnvironment({
    API_DATABASE_URL: database.apiUrl,
    JWT_SECRET: SECRET,
    LOG_LEVEL: 'info',
    ...variables,
  });
  const app = await createApp(environment, {
    logDestination: { write: (line) => void logs.push(JSON.parse(line)) },
  });
  await app.init();
  await app.getHttpAdapter().getInstance().ready();

  const sql: TestApp['sql'] = async (text, values = [], asUser = '') => {
    const client = new pg.Client({ connectionString: database.ownerUrl });
    await client.connect();
    try {
      await client.query('SELECT set_config($1, $2, false)', ['app.user_id', asUser]);
      return (await client.query<Record<string, unknown>>(text, values)).rows;
    } finally {
      await client.end();
    }
  };

  return {
    app,
    database,
    logs,
    sql,
    addUser: async (id) => {
      await sql('INSERT INTO "user" (id, name, email) VALUES ($1, $1, $2)', [
        id,
        `${id}@example.com`,
      ]);
    },
    request: async (userId, method, url, { body, headers = {}, address } = {}) => {
      const response = await app.inject({
        method,
        url,
        headers: {
          ...(userId === null ? {} : bearer(mint(userId))),
          ...(body === undefined ? {} : { 'content-type': 'application/json' }),
          ...headers,
        },
        ...(body === undefined
          ? {}
          : { payload: typeof body === 'string' ? body : JSON.stringify(body) }),
        ...(address === undefined ? {} : { remoteAddress: address }),
      });
      return {
        status: response.statusCode,
        headers: response.headers as Record<string, string | undefined>,
        text: response.body,
        body: response.body.startsWith('{') ? response.json() : {},
      };
    },
    close: async () => {
      await app.close();
      await database.drop();
    },
  };
}
