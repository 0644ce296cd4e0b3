import { asUser, createDatabaseClient, type OwnerId, type PrismaClient } from '@tessera/database';
import { TasksRepository } from '../src/tasks/tasks.repository.js';
import { startTestApp, type TestApp } from './support/test-app.js';
import { bearer, mint } from './support/token.minter.js';

let testApp: TestApp;
let bobsTask: string;

beforeAll(async () => {
  testApp = await startTestApp();
  await testApp.addUser('ada');
  await testApp.addUser('bob');
});
afterAll(() => testApp.close());
beforeEach(async () => {
  await testApp.sql('TRUNCATE task');
  const { body } = await testApp.request('bob', 'POST', '/api/users/bob/tasks', {
    body: { title: "bob's secret" },
  });
  bobsTask = String(body['id']);
});

const bobsTasks = () => testApp.sql('SELECT title, completed FROM task', [], 'bob');

describe("a good token on another user's route gets 403 (US3, FR-019, FR-021)", () => {
  const routes: ['GET' | 'POST' | 'PATCH' | 'DELETE', () => string, unknown][] = [
    ['GET', () => '/api/users/bob', undefined],
    ['GET', () => '/api/users/bob/tasks', undefined],
    ['POST', () => '/api/users/bob/tasks', { title: 'x' }],
    ['GET', () => `/api/users/bob/tasks/${bobsTask}`, undefined],
    ['PATCH', () => `/api/users/bob/tasks/${bobsTask}`, { title: 'x' }],
    ['DELETE', () => `/api/users/bob/tasks/${bobsTask}`, undefined],
  ];
  it.each(routes)('%s %s', async (method, url, body) => {
    const answer = await testApp.request('ada', method, url(), { body });
    expect(answer.status).toBe(403);
    expect(answer.body).toEqual({
      type: 'urn:tessera:problem:forbidden',
      title: expect.any(String),
      status: 403,
      code: 'forbidden',
      requestId: expect.any(String),
    });
    expect(answer.headers['www-authenticate']).toBeUndefined();
    expect(await bobsTasks()).toEqual([{ title: "bob's secret", completed: false }]);
    expect(testApp.logs).toContainEqual(
      expect.objectContaining({
        event: 'foreign_route_refused',
        requestId: answer.body['requestId'],
      }),
    );
  });

  it.each(['/api/users/ADA', '/api/users/ada%20', '/api/users/ad', '/api/users/ada%00'])(
    'and the id must be the same to the letter: %s',
    async (url) => {
      expect((await testApp.request('ada', 'GET', url)).status).toBe(403);
    },
  );

  it('a bad token gets 401 there, not 403', async () => {
    const headers = bearer(mint('ada', { claims: { exp: 1 } }));
    expect((await testApp.request(null, 'GET', '/api/users/bob', { headers })).status).toBe(401);
  });
});

describe("another user's task under one's own id gets the 404 of a task that never was (SC-005)", () => {
  const calls: ['GET' | 'PATCH' | 'DELETE', unknown][] = [
    ['GET', undefined],
    ['PATCH', { title: 'x' }],
    ['DELETE', undefined],
  ];
  it.each(calls)('%s', async (method, body) => {
    const answerFor = async (id: string) => {
      const answer = await testApp.request('ada', method, `/api/users/ada/tasks/${id}`, { body });
      return { ...answer.body, requestId: '' };
    };
    const foreign = await answerFor(bobsTask);
    expect(foreign).toMatchObject({ status: 404, code: 'not_found' });
    expect(foreign).toEqual(await answerFor('00000000-0000-4000-8000-000000000000'));
    expect(foreign).toEqual(await answerFor('no-uuid'));
    expect(await bobsTasks()).toEqual([{ title: "bob's secret", completed: false }]);
  });
});

describe('each layer holds without the others (FR-022)', () => {
  let db: PrismaClient;
  const ada = 'ada' as OwnerId;
  beforeAll(() => {
    db = createDatabaseClient({ url: testApp.database.apiUrl, poolSize: 2 });
  });
  afterAll(() => db.$disconnect());

  it('row level security, where a query forgets the owner', async () => {
    const found = await asUser(db, ada, (transaction) => transaction.task.findMany());
    expect(found).toEqual([]);
    const changed = await asUser(db, ada, (transaction) =>
      transaction.task.updateMany({ data: { title: 'stolen' } }),
    );
    expect(changed.count).toBe(0);
    const removed = await asUser(db, ada, (transaction) => transaction.task.deleteMany());
    expect(removed.count).toBe(0);
    expect(await bobsTasks()).toHaveLength(1);
  });

  it('row level security, where a query is outside asUser', async () => {
    expect(await db.task.findMany()).toEqual([]);
    await expect(db.task.create({ data: { title: 'x', userId: 'bob' } })).rejects.toThrow(
      /row-level security/,
    );
  });

  it('row level security, where a new row names another owner', async () => {
    const planted = asUser(db, ada, (transaction) =>
      transaction.task.create({ data: { title: 'x', userId: 'bob' } }),
    );
    await expect(planted).rejects.toThrow(/row-level security/);
  });

  it('the owner in every query, where row level security is off', async () => {
    await testApp.sql('ALTER TABLE task DISABLE ROW LEVEL SECURITY');
    try {
      const repository = new TasksRepository(db);
      expect(await repository.list(ada, 10, undefined)).toEqual([]);
      expect(await repository.find(ada, bobsTask)).toBeNull();
      expect(await repository.update(ada, bobsTask, { title: 'stolen' })).toBeNull();
      expect(await repository.remove(ada, bobsTask)).toBe(false);
      expect(await bobsTasks()).toEqual([{ title: "bob's secret", completed: false }]);
    } finally {
      await testApp.sql('ALTER TABLE task ENABLE ROW LEVEL SECURITY');
    }
  });
});

describe('a deleted user', () => {
  const tasks = '/api/users/eve/tasks';

  it('is refused at once, as their sessions went with them', async () => {
    await testApp.addUser('eve');
    await testApp.sql(
      `INSERT INTO session (id, token, "userId", "expiresAt") VALUES ('session-of-eve', 't', 'eve', now() + interval '1 d')`,
    );
    expect((await testApp.request('eve', 'GET', tasks)).status).toBe(200);
    await testApp.sql(`DELETE FROM "user" WHERE id = 'eve'`);
    let status = 200;
    while (status === 200) ({ status } = await testApp.request('eve', 'GET', tasks));
    expect(status).toBe(401);
  });

  it('leaves nothing behind by a request that was let in just before', async () => {
    const sid = 'a session that nobody heard the end of';
    const headers = bearer(mint('eve', { claims: { sid } }));
    const body = { title: 'x' };
    const answer = await testApp.request(null, 'POST', tasks, { body, headers });
    expect(answer.status).toBe(401);
    expect(answer.headers['www-authenticate']).toMatch('error="invalid_token"');
    expect(answer.body['code']).toBe('invalid_token');
    expect(testApp.logs).toContainEqual(
      expect.objectContaining({ event: 'token_refused', code: 'owner_gone' }),
    );
  });
});

it('who I am is told without the database, and is what the token says', async () => {
  const expiresAt = Math.floor(Date.now() / 1000) + 77;
  const answer = await testApp.request(null, 'GET', '/api/users/ada', {
    headers: bearer(mint('ada', { claims: { exp: expiresAt } })),
  });
  expect(answer.body).toEqual({
    userId: 'ada',
    email: 'ada@example.com',
    sessionId: 'session-of-ada',
    expiresAt,
  });
});
