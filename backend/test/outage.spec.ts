import { createTestDatabase, type TestDatabase } from '@tessera/database/local';
import pg from 'pg';
import { startTcpProxy, type TcpProxy } from './support/tcp.proxy.js';
import { startTestApp, type TestApp } from './support/test-app.js';

let database: TestDatabase;
let proxy: TcpProxy;
let testApp: TestApp;

beforeAll(async () => {
  database = await createTestDatabase();
  proxy = await startTcpProxy(database.apiUrl);
  testApp = await startTestApp({ API_DATABASE_URL: proxy.through(database.apiUrl) });
  const owner = new pg.Client({ connectionString: database.ownerUrl });
  await owner.connect();
  await owner.query(
    `INSERT INTO "user" (id, name, email) VALUES ('ada', 'ada', 'ada@example.com')`,
  );
  await owner.end();
});
afterAll(async () => {
  await testApp.close();
  await proxy.close();
  await database.drop();
});

const tasks = '/api/users/ada/tasks';

describe('while the database is out', () => {
  it('the API answers 503 with Retry-After, never 401 and never data, and recovers by itself', async () => {
    expect((await testApp.request('ada', 'GET', tasks)).status).toBe(200);
    expect((await testApp.request(null, 'GET', '/health')).status).toBe(200);
    proxy.cut();
    for (const [method, body] of [
      ['GET', undefined],
      ['POST', { title: 'x' }],
      ['GET', undefined],
    ] as const) {
      const answer = await testApp.request('ada', method, tasks, { body });
      expect(answer.status).toBe(503);
      expect(answer.headers['retry-after']).toBe('5');
      expect(answer.headers['www-authenticate']).toBeUndefined();
      expect(answer.body).toMatchObject({ code: 'service_unavailable', status: 503 });
      expect(answer.text).not.toMatch(/prisma|127\.0\.0\.1|connect/i);
    }
    proxy.restore();
    expect((await testApp.request('ada', 'GET', tasks)).status).toBe(200);
  });

  it('who has no good token is still refused with 401, and who has one is still known', async () => {
    proxy.cut();
    expect((await testApp.request(null, 'GET', tasks)).status).toBe(401);
    expect((await testApp.request('bob', 'GET', tasks)).status).toBe(403);
    expect((await testApp.request('ada', 'GET', '/api/users/ada')).status).toBe(200);
    proxy.restore();
  });

  it('the service is not ready, but alive', async () => {
    proxy.cut();
    const ready = await testApp.request(null, 'GET', '/health');
    expect(ready.status).toBe(503);
    expect(ready.body).toMatchObject({ code: 'service_unavailable' });
    expect((await testApp.request(null, 'GET', '/health/live')).status).toBe(200);
    proxy.restore();
    expect((await testApp.request(null, 'GET', '/health')).body).toMatchObject({
      status: 'ok',
      details: { database: { status: 'up' } },
    });
  });
});
