import { SessionEndedError } from './access-token';
import { authorizedFetch, createApiClient } from './api-client';

const API = 'http://localhost:3001';

describe('a call of the API', () => {
  let seen: { authorization: string | null; body: string }[];
  let answers: Response[];
  const accessToken = {
    get: jest.fn(async () => 'first'),
    replace: jest.fn(async (_refused: string) => 'second'),
  };

  beforeEach(() => {
    seen = [];
    answers = [];
    jest.clearAllMocks();
    jest.spyOn(globalThis, 'fetch').mockImplementation(async (input) => {
      if (!(input instanceof Request)) throw new Error('expected a Request');
      seen.push({ authorization: input.headers.get('authorization'), body: await input.text() });
      return answers.shift() ?? new Response(null, { status: 204 });
    });
  });
  afterEach(() => jest.restoreAllMocks());

  const post = () =>
    authorizedFetch(accessToken)(new Request(API, { method: 'POST', body: 'a task' }));

  it('carries the access token as a bearer token (FR-014)', async () => {
    await post();
    expect(seen).toEqual([{ authorization: 'Bearer first', body: 'a task' }]);
  });

  it('is repeated once, body and all, with a fresh token when the API refuses the first', async () => {
    answers.push(new Response(null, { status: 401 }));
    expect((await post()).status).toBe(204);
    expect(accessToken.replace).toHaveBeenCalledWith('first');
    expect(seen).toEqual([
      { authorization: 'Bearer first', body: 'a task' },
      { authorization: 'Bearer second', body: 'a task' },
    ]);
  });

  it('is not repeated a second time', async () => {
    answers.push(new Response(null, { status: 401 }), new Response(null, { status: 401 }));
    expect((await post()).status).toBe(401);
    expect(seen).toHaveLength(2);
  });

  it.each([403, 404, 429, 500, 503])('is not repeated after %d', async (status) => {
    answers.push(new Response(null, { status }));
    expect((await post()).status).toBe(status);
    expect(seen).toHaveLength(1);
  });

  it('does not leave at all when the session is over', async () => {
    accessToken.get.mockRejectedValueOnce(new SessionEndedError());
    await expect(post()).rejects.toThrow(SessionEndedError);
    expect(seen).toEqual([]);
  });

  it('puts the user id into the path and goes to the address given at run time', async () => {
    const client = createApiClient(API, accessToken);
    const params = { path: { userId: 'livia' } };
    const { response } = await client.GET('/api/users/{userId}/tasks', { params });
    expect(response.status).toBe(204);
    const [request] = jest.mocked(fetch).mock.calls[0] ?? [];
    expect(request instanceof Request && request.url).toBe(`${API}/api/users/livia/tasks`);
    expect(request instanceof Request && request.credentials).toBe('omit');
  });
});
