import { startTestApp, type TestApp } from './support/test-app.js';

let testApp: TestApp;
const tasks = '/api/users/ada/tasks';

beforeAll(async () => {
  testApp = await startTestApp({ API_RATE_LIMIT: '0' });
  await testApp.addUser('ada');
  await testApp.addUser('bob');
});
afterAll(() => testApp.close());
beforeEach(() => testApp.sql('TRUNCATE task'));

const create = (body: unknown, user = 'ada') =>
  testApp.request(user, 'POST', `/api/users/${user}/tasks`, { body });

describe('the life of a task (US3)', () => {
  it('is created with 201, a Location, and exactly the fields of the contract', async () => {
    const answer = await create({
      title: '  Buy milk  ',
      description: 'blue cap',
      completed: true,
    });
    expect(answer.status).toBe(201);
    expect(answer.body).toEqual({
      id: expect.stringMatching(/^[0-9a-f-]{36}$/),
      title: 'Buy milk',
      description: 'blue cap',
      completed: true,
      createdAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/),
      updatedAt: expect.any(String),
    });
    expect(answer.headers['location']).toBe(`${tasks}/${String(answer.body['id'])}`);
    const found = await testApp.request('ada', 'GET', String(answer.headers['location']));
    expect(found.body).toEqual(answer.body);
  });

  it('has no description and is not completed unless that is said', async () => {
    const answer = await create({ title: 'x' });
    expect(answer.body).toMatchObject({ description: null, completed: false });
  });

  it('belongs to the user of the token', async () => {
    const { body } = await create({ title: 'x' });
    const rows = await testApp.sql('SELECT user_id FROM task WHERE id = $1', [body['id']], 'ada');
    expect(rows).toEqual([{ user_id: 'ada' }]);
  });

  it('is changed with 200, field by field', async () => {
    const { body } = await create({ title: 'x', description: 'y' });
    const url = `${tasks}/${String(body['id'])}`;
    const done = await testApp.request('ada', 'PATCH', url, { body: { completed: true } });
    expect(done.status).toBe(200);
    expect(done.body).toEqual({ ...body, completed: true, updatedAt: done.body['updatedAt'] });
    expect(String(done.body['updatedAt']) >= String(body['updatedAt'])).toBe(true);
    const blank = await testApp.request('ada', 'PATCH', url, {
      body: { description: null, title: ' z ' },
    });
    expect(blank.body).toMatchObject({ title: 'z', description: null, completed: true });
    expect((await testApp.request('ada', 'GET', url)).body).toEqual(blank.body);
  });

  it('is deleted with 204 and no body, and is then not found', async () => {
    const { body } = await create({ title: 'x' });
    const url = `${tasks}/${String(body['id'])}`;
    // Many clients name a type also where they send no body.
    const headers = { 'content-type': 'application/json' };
    const gone = await testApp.request('ada', 'DELETE', url, { headers });
    expect([gone.status, gone.text]).toEqual([204, '']);
    for (const method of ['GET', 'DELETE'] as const) {
      expect((await testApp.request('ada', method, url)).status).toBe(404);
    }
    expect((await testApp.request('ada', 'PATCH', url, { body: { title: 'x' } })).status).toBe(404);
  });
});

describe('what is not valid is refused with 400 and a sentence beside the field', () => {
  const invalid: [string, unknown, string[]][] = [
    ['no title', {}, ['title']],
    ['no body', '', ['body']],
    ['a blank title', { title: ' \n ' }, ['title']],
    ['a title of 201 characters', { title: 'x'.repeat(201) }, ['title']],
    ['a title of null', { title: null }, ['title']],
    ['a title that is no text', { title: { toString: 'x' } }, ['title.toString']],
    ['NUL in the title', { title: 'a\0b' }, ['title']],
    ['half a character in the title', '{"title":"\\ud800"}', ['title']],
    [
      'a description of 5001 characters',
      { title: 'x', description: 'x'.repeat(5001) },
      ['description'],
    ],
    ['NUL in the description', { title: 'x', description: '\0' }, ['description']],
    ['completed in text', { title: 'x', completed: 'true' }, ['completed']],
    ['completed null', { title: 'x', completed: null }, ['completed']],
    [
      'several at once',
      { title: '', description: 7, completed: 0 },
      ['title', 'description', 'completed'],
    ],
    [
      'the id of an owner, in any spelling',
      { title: 'x', userId: 'bob', ownerId: 'bob', user_id: 'bob' },
      ['userId', 'ownerId', 'user_id'],
    ],
    ['an id or a time of its own', { title: 'x', id: 'y', createdAt: 'z' }, ['id', 'createdAt']],
    ['a list in place of an object', [{ title: 'x' }], ['body']],
    ['text in place of an object', '"x"', ['body']],
    ['null in place of an object', 'null', ['body']],
  ];
  it.each(invalid)('%s', async (_name, body, fields) => {
    const answer = await create(body);
    expect(answer.status).toBe(400);
    expect(answer.body).toMatchObject({ code: 'invalid_request', status: 400 });
    const errors = answer.body['errors'] as { field: string; message: string }[];
    expect(errors.map(({ field }) => field)).toEqual(fields);
    for (const { message } of errors) expect(message).toMatch(/^\S.* .*\.$/);
    expect(await testApp.sql('SELECT 1 FROM task', [], 'ada')).toEqual([]);
  });

  it.each([
    ['nothing to change', {}, 'body'],
    ['a title of null', { title: null }, 'title'],
    ['another owner', { title: 'x', userId: 'bob' }, 'userId'],
    ['another id', { id: '8e4f6b5f-91be-44f9-9fb4-297afd2f8d33' }, 'id'],
  ])('in a change: %s', async (_name, body, field) => {
    const { body: task } = await create({ title: 'x' });
    const url = `${tasks}/${String(task['id'])}`;
    const answer = await testApp.request('ada', 'PATCH', url, { body });
    expect(answer.status).toBe(400);
    expect(answer.body['errors']).toEqual([{ field, message: expect.any(String) }]);
    expect((await testApp.request('ada', 'GET', url)).body).toEqual(task);
  });

  it.each([
    ['limit=0', 'limit'],
    ['limit=101', 'limit'],
    ['limit=ten', 'limit'],
    ['limit=', 'limit'],
    ['limit=1e1', 'limit'],
    ['limit=5&limit=6', 'limit'],
    ['cursor=abc', 'cursor'],
    ['cursor=', 'cursor'],
    ['cursor=a&cursor=b', 'cursor'],
    ['userId=bob', 'userId'],
  ])('in the query: %s', async (query, field) => {
    const answer = await testApp.request('ada', 'GET', `${tasks}?${query}`);
    expect(answer.status).toBe(400);
    expect(answer.body['errors']).toEqual([{ field, message: expect.any(String) }]);
  });

  const inherited = ['toString', 'hasOwnProperty', 'constructor', 'valueOf'];
  it.each(inherited)('a field that every object has: %s', async (field) => {
    const errors = [{ field, message: `${field} is not a field of this request.` }];
    for (const method of ['POST', 'PATCH'] as const) {
      const url = method === 'POST' ? tasks : `${tasks}/8e4f6b5f-91be-44f9-9fb4-297afd2f8d33`;
      const answer = await testApp.request('ada', method, url, {
        body: { title: 'x', [field]: 1 },
      });
      expect([answer.status, answer.body['errors']]).toEqual([400, errors]);
    }
  });

  it.each([...inherited, '__proto__'])('a query that every object has: %s', async (field) => {
    const answer = await testApp.request('ada', 'GET', `${tasks}?${field}=1`);
    const errors = [{ field, message: `${field} is not a field of this request.` }];
    expect([answer.status, answer.body['errors']]).toEqual([400, errors]);
  });

  it.each([[[]], ['"s"'], ['null'], ['7']])('a change that is no object: %j', async (body) => {
    const url = `${tasks}/8e4f6b5f-91be-44f9-9fb4-297afd2f8d33`;
    const answer = await testApp.request('ada', 'PATCH', url, { body });
    expect([answer.status, answer.body['errors']]).toEqual([
      400,
      [{ field: 'body', message: 'The body must be a JSON object.' }],
    ]);
  });

  it.each([
    '{"title":"x","__proto__":{"completed":true}}',
    '{"title":"x","constructor":{"prototype":{}}}',
  ])('a body that reaches for prototypes: %s', async (body) => {
    expect((await create(body)).status).toBe(400);
    expect(({} as Record<string, unknown>)['completed']).toBeUndefined();
  });

  it('but 200 characters outside the basic plane are 200 characters', async () => {
    expect((await create({ title: '😀'.repeat(200) })).status).toBe(201);
  });
});

describe('the list of tasks', () => {
  it('is walked page by page, newest first, each task once, ties in time included', async () => {
    // Three times only, so that pages end within a tie.
    await testApp.sql(
      `INSERT INTO task (user_id, title, created_at)
       SELECT 'ada', 'task ' || n, timestamptz '2026-01-01' + n % 3 * interval '1 ms'
       FROM generate_series(1, 25) n`,
      [],
      'ada',
    );
    const seen: { id: string; createdAt: string }[] = [];
    let cursor: string | null = null;
    do {
      const query: string = cursor === null ? '' : `&cursor=${cursor}`;
      const { body } = await testApp.request('ada', 'GET', `${tasks}?limit=4${query}`);
      const items = body['items'] as typeof seen;
      expect(items.length).toBeLessThanOrEqual(4);
      seen.push(...items);
      cursor = body['nextCursor'] as string | null;
    } while (cursor !== null && seen.length < 100);
    expect(seen).toHaveLength(25);
    expect(new Set(seen.map(({ id }) => id)).size).toBe(25);
    const keys = seen.map(({ createdAt, id }) => `${createdAt} ${id}`);
    expect(keys).toEqual(keys.toSorted().toReversed());
  });

  it('holds 20 tasks unless asked otherwise, and says when there are no more', async () => {
    await testApp.sql(
      `INSERT INTO task (user_id, title) SELECT 'ada', n FROM generate_series(1, 21) n`,
      [],
      'ada',
    );
    const first = await testApp.request('ada', 'GET', tasks);
    expect(first.body['items']).toHaveLength(20);
    expect(first.body['nextCursor']).toEqual(expect.any(String));
    const all = await testApp.request('ada', 'GET', `${tasks}?limit=21`);
    expect(all.body).toMatchObject({ items: { length: 21 }, nextCursor: null });
  });

  it('is empty, and no more, for a user without tasks', async () => {
    const { status, body } = await testApp.request('ada', 'GET', tasks);
    expect([status, body]).toEqual([200, { items: [], nextCursor: null }]);
  });

  it("shows nobody else's tasks, also with another user's cursor (FR-022, SC-005)", async () => {
    for (const title of ['one', 'two']) await create({ title: `bob's ${title}` }, 'bob');
    const { body } = await testApp.request('bob', 'GET', '/api/users/bob/tasks?limit=1');
    const answer = await testApp.request(
      'ada',
      'GET',
      `${tasks}?cursor=${String(body['nextCursor'])}`,
    );
    expect(answer.body).toEqual({ items: [], nextCursor: null });
  });
});
