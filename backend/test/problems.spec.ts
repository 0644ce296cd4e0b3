import type { Logger } from 'pino';
import { LOGGER } from '../src/logging/logger.js';
import { listen, sendRaw } from './support/raw.request.js';
import { startTestApp, type Answer, type TestApp } from './support/test-app.js';
import { mint } from './support/token.minter.js';

let testApp: TestApp;
let port: number;
const tasks = '/api/users/ada/tasks';

beforeAll(async () => {
  testApp = await startTestApp();
  await testApp.addUser('ada');
  port = await listen(testApp.app);
});
afterAll(() => testApp.close());

function expectProblem(answer: Answer, status: number, code: string): void {
  expect(answer.headers['content-type']).toMatch(/^application\/problem\+json/);
  expect(answer.body).toEqual({
    type: `urn:tessera:problem:${code}`,
    title: expect.any(String),
    status,
    code,
    requestId: answer.headers['x-request-id'],
  });
  expect(answer.status).toBe(status);
  expect(answer.headers['cache-control']).toBe('no-store');
}

describe('every failure is a problem+json with status, code and request id (RFC 9457)', () => {
  const post = (body: string, type = 'application/json') =>
    testApp.request('ada', 'POST', tasks, { body, headers: { 'content-type': type } });
  const nested = (levels: number) => `${'{"a":'.repeat(levels)}1${'}'.repeat(levels)}`;
  const failures: [number, string, string, () => Promise<Answer>][] = [
    [400, 'malformed_request', 'broken JSON', () => post('{"title":')],
    [400, 'malformed_request', 'JSON nested without end', () => post(nested(9_000))],
    [400, 'malformed_request', 'JSON nested too deep', () => post(nested(33))],
    [
      400,
      'malformed_request',
      'an address that cannot be decoded',
      () => testApp.request('ada', 'GET', '/api/%zz'),
    ],
    [
      404,
      'not_found',
      'an unknown address',
      () => testApp.request(null, 'GET', '/nowhere?access_token=x'),
    ],
    [404, 'not_found', 'an unknown method', () => testApp.request('ada', 'PUT', tasks)],
    [
      404,
      'not_found',
      'an empty user id',
      () => testApp.request('ada', 'GET', '/api/users//tasks'),
    ],
    [
      413,
      'payload_too_large',
      'a body over 64 kB',
      () => post(`{"title":"${'x'.repeat(64 * 1024)}"}`),
    ],
    [
      414,
      'uri_too_long',
      'a user id without end',
      () => testApp.request('ada', 'GET', `/api/users/${'a'.repeat(501)}`),
    ],
    [
      415,
      'unsupported_media_type',
      'a form',
      () => post('title=x', 'application/x-www-form-urlencoded'),
    ],
    [415, 'unsupported_media_type', 'plain text', () => post('x', 'text/plain')],
    [415, 'unsupported_media_type', 'XML', () => post('<x/>', 'application/xml')],
  ];
  it.each(failures)('%i %s: %s', async (status, code, _name, call) => {
    expectProblem(await call(), status, code);
  });

  it('but JSON of 32 levels is read, and refused for its fields only', async () => {
    expect((await post(nested(32))).body['code']).toBe('invalid_request');
  });

  it.each([
    [
      '431 headers_too_large: headers over 16 kB',
      431,
      'headers_too_large',
      `GET / HTTP/1.1\r\nhost: x\r\nx: ${'a'.repeat(17_000)}\r\n\r\n`,
    ],
    [
      '431 headers_too_large: 100 kB of a token',
      431,
      'headers_too_large',
      `GET /api/users/ada HTTP/1.1\r\nhost: x\r\nauthorization: Bearer ${'a'.repeat(100_000)}\r\n\r\n`,
    ],
    ['400 malformed_request: what is no HTTP', 400, 'malformed_request', 'hello\r\n\r\n'],
    [
      '400 malformed_request: two framings at once',
      400,
      'malformed_request',
      'POST / HTTP/1.1\r\nhost: x\r\ncontent-length: 3\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\n',
    ],
    [
      '400 malformed_request: no Host (RFC 9112, 3.2)',
      400,
      'malformed_request',
      'GET /health/live HTTP/1.1\r\nconnection: close\r\n\r\n',
    ],
    [
      '417 expectation_failed: an Expect that nobody knows',
      417,
      'expectation_failed',
      'GET /health/live HTTP/1.1\r\nhost: x\r\nexpect: tea\r\nconnection: close\r\n\r\n',
    ],
  ])('%s', async (_name, status, code, bytes) => {
    const [head = '', body = ''] = (await sendRaw(port, bytes)).split('\r\n\r\n');
    const headers = Object.fromEntries(
      head
        .split('\r\n')
        .slice(1)
        .map((line) => line.split(': ') as [string, string]),
    );
    expectProblem(
      { status: Number(head.split(' ')[1]), headers, text: body, body: JSON.parse(body) },
      status,
      code,
    );
  });

  it('500: what nobody expected says nothing of itself, and all of it to the log', async () => {
    await testApp.sql('ALTER TABLE task RENAME COLUMN title TO heading');
    const answer = await testApp.request('ada', 'GET', tasks);
    await testApp.sql('ALTER TABLE task RENAME COLUMN heading TO title');
    expectProblem(answer, 500, 'internal_error');
    expect(answer.text).not.toMatch(/heading|prisma|column|stack/i);
    expect(testApp.logs).toContainEqual(
      expect.objectContaining({
        event: 'unexpected_error',
        requestId: answer.body['requestId'],
        err: expect.objectContaining({ stack: expect.any(String) }),
      }),
    );
  });
});

describe('every answer', () => {
  it.each([tasks, '/health', '/nowhere', '/api/%zz', '/docs-json'])(
    'is never stored, sniffed or framed: %s',
    async (url) => {
      const { headers } = await testApp.request('ada', 'GET', url);
      expect(headers['cache-control']).toBe('no-store');
      expect(headers['x-request-id']).toEqual(expect.any(String));
      expect(headers['x-powered-by']).toBeUndefined();
      expect(headers['x-content-type-options']).toBe('nosniff');
      if (url === '/api/%zz') return;
      expect(headers['x-frame-options']).toBe('DENY');
      expect(headers['referrer-policy']).toBe('no-referrer');
      expect(headers['content-security-policy']).toMatch(/^default-src 'none';/);
      expect(headers['content-security-policy']).toMatch(/;frame-ancestors 'none'/);
    },
  );

  it('carries the request id of the caller, if it is harmless', async () => {
    const call = (id: string) =>
      testApp.request('ada', 'GET', tasks, { headers: { 'x-request-id': id } });
    expect((await call('trace-0123')).headers['x-request-id']).toBe('trace-0123');
    expect((await call('a"b{c}')).headers['x-request-id']).toMatch(/^[0-9a-f-]{36}$/);
  });

  it('asks for HTTPS from now on only where the API is reached by HTTPS (FR-024)', async () => {
    expect(
      (await testApp.request('ada', 'GET', tasks)).headers['strict-transport-security'],
    ).toBeUndefined();
    const secure = await startTestApp({
      WEB_URL: 'https://web.example',
      API_URL: 'https://api.example',
    });
    const { headers } = await secure.request(null, 'GET', '/health/live');
    expect(headers['strict-transport-security']).toMatch(/max-age=31536000/);
    await secure.close();
  });
});

describe('CORS', () => {
  const preflight = (origin: string) =>
    testApp.request(null, 'OPTIONS', tasks, {
      headers: {
        origin,
        'access-control-request-method': 'PATCH',
        'access-control-request-headers': 'authorization,content-type',
      },
    });

  it('lets the web app in, with the methods and headers that it uses, without cookies', async () => {
    const { status, headers } = await preflight('http://localhost:3000');
    expect(status).toBe(204);
    expect(headers).toMatchObject({
      'access-control-allow-origin': 'http://localhost:3000',
      'access-control-allow-methods': 'GET, POST, PATCH, DELETE',
      'access-control-allow-headers': 'Authorization, Content-Type',
      'access-control-max-age': '600',
    });
    expect(headers['access-control-allow-credentials']).toBeUndefined();
  });

  it('lets the web app read what it must know of an answer, refusals included', async () => {
    for (const userId of ['ada', null]) {
      const { headers } = await testApp.request(userId, 'GET', tasks, {
        headers: { origin: 'http://localhost:3000' },
      });
      expect(headers['access-control-allow-origin']).toBe('http://localhost:3000');
      expect(headers['access-control-expose-headers']).toBe('X-Request-Id, Retry-After, Location');
    }
  });

  it.each([
    'http://localhost:3001',
    'http://localhost:3000.evil.example',
    'https://localhost:3000',
    'null',
  ])('lets nobody else in: %s', async (origin) => {
    expect((await preflight(origin)).headers['access-control-allow-origin']).toBeUndefined();
    const answer = await testApp.request('ada', 'GET', tasks, { headers: { origin } });
    expect(answer.headers['access-control-allow-origin']).toBeUndefined();
  });
});

it('no log line holds a token, a query or a body', async () => {
  const token = mint('ada', { claims: { jti: 'needle-in-token' } });
  const headers = { authorization: `Bearer ${token}`, cookie: 'session=needle-in-cookie' };
  await testApp.request(null, 'GET', `${tasks}?token=needle-in-query`, { headers });
  await testApp.request(null, 'POST', tasks, { headers, body: { title: 'needle-in-body' } });
  await testApp.request(null, 'GET', `/nowhere?access_token=${token}`, { headers });
  await testApp.request(null, 'GET', tasks, {
    headers: { ...headers, authorization: `Bearer ${token}x` },
  });
  const text = JSON.stringify(testApp.logs);
  expect(text).toMatch('"path":"/api/users/ada/tasks"');
  expect(text).not.toMatch(/needle/);
  for (const part of token.split('.')) expect(text).not.toContain(part);
});

it.each(['authorization', 'cookie', 'headers', 'token', 'secret', 'password'])(
  'the log redacts %s wherever somebody logs it by mistake',
  (name) => {
    const logger = testApp.app.get<Logger>(LOGGER);
    const mistake = { [name]: 'needle' };
    logger.warn({ event: 'mistake', ...mistake, one: mistake, two: { deeper: mistake } });
    const redacted = { [name]: '[redacted]' };
    const line = { event: 'mistake', ...redacted, one: redacted, two: { deeper: redacted } };
    expect(testApp.logs.at(-1)).toMatchObject(line);
  },
);
