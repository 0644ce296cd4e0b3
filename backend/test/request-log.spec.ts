import { once } from 'node:events';
import { connect } from 'node:net';
import { listen, sendRaw } from './support/raw.request.js';
import { startTestApp, type TestApp } from './support/test-app.js';
import { bearer, mint } from './support/token.minter.js';

let testApp: TestApp;
let port: number;
beforeAll(async () => {
  testApp = await startTestApp({ LOG_LEVEL: 'debug', TRUSTED_PROXIES: '10.0.0.0/8' });
  port = await listen(testApp.app);
});
afterAll(() => testApp.close());
beforeEach(() => testApp.logs.splice(0));

/** Lines about requests, without what differs from run to run. */
const requestLines = () => testApp.logs.filter((line) => 'requestId' in line);
const agent = { 'user-agent': 'probe/1.0', 'x-request-id': 'request-0001' };

describe('the log has one line for each request', () => {
  it('with method, path, status, duration, address, user agent and request id, and nothing else', async () => {
    const headers = { ...agent, 'x-forwarded-for': '198.51.100.7' };
    await testApp.request('ada', 'GET', '/api/users/ada?x=1', { headers, address: '10.0.0.1' });
    expect(requestLines()).toEqual([
      {
        level: 30,
        time: expect.any(Number),
        pid: process.pid,
        hostname: expect.any(String),
        requestId: 'request-0001',
        req: { method: 'GET', path: '/api/users/ada', ip: '198.51.100.7', userAgent: 'probe/1.0' },
        res: { status: 200 },
        responseTime: expect.any(Number),
        msg: 'request completed',
      },
    ]);
  });

  it.each([
    ['GET', '/nowhere', 404, 30],
    ['GET', '/docs', 200, 30],
    ['GET', '/docs-json', 200, 30],
    ['OPTIONS', '/api/users/ada', 204, 30],
    ['GET', '/health/live', 200, 20],
    ['GET', '/healthy', 404, 30],
    ['GET', '/api/%zz', 400, 30],
    ['GET', `/api/users/${'a'.repeat(501)}`, 414, 30],
  ] as const)('also for %s %s', async (method, path, status, level) => {
    await testApp.request(null, method, path);
    const line = { level, req: expect.objectContaining({ method, path }), res: { status } };
    expect(requestLines()).toEqual([expect.objectContaining(line)]);
  });

  it('and another that says why, with the same id, where it was refused', async () => {
    await testApp.request(null, 'GET', '/api/users/ada', { headers: agent });
    await testApp.request('ada', 'GET', '/api/users/bob', { headers: agent });
    const why = { level: 40, requestId: 'request-0001', ip: '127.0.0.1', userAgent: 'probe/1.0' };
    expect(requestLines()).toEqual([
      expect.objectContaining({ ...why, event: 'token_refused', code: 'missing_token' }),
      expect.objectContaining({ level: 30, res: { status: 401 } }),
      expect.objectContaining({ ...why, event: 'foreign_route_refused', code: 'foreign_owner' }),
      expect.objectContaining({ level: 30, res: { status: 403 } }),
    ]);
  });

  it('as an error, with no error that nobody raised, where the API failed', async () => {
    await testApp.addUser('ada');
    await testApp.sql('ALTER TABLE task RENAME COLUMN title TO heading');
    await testApp.request('ada', 'GET', '/api/users/ada/tasks');
    await testApp.sql('ALTER TABLE task RENAME COLUMN heading TO title');
    const [surprise, completed] = requestLines();
    expect(surprise).toMatchObject({ level: 50, event: 'unexpected_error' });
    expect(completed).toMatchObject({ level: 50, res: { status: 500 } });
    expect(completed).not.toHaveProperty('err');
  });

  it('also where it cannot be read, with the request id of the answer', async () => {
    const answer = await sendRaw(port, 'hello\r\n\r\n');
    const [, requestId] = /x-request-id: (\S+)/.exec(answer) ?? [];
    const line = { level: 30, requestId, ip: '127.0.0.1', res: { status: 400 } };
    expect(requestLines()).toEqual([expect.objectContaining(line)]);
  });

  it('also where the client hangs up before the answer', async () => {
    const socket = connect(port, '127.0.0.1');
    await once(socket, 'connect');
    const server = testApp.app.getHttpServer();
    const arrived = once(server, 'request');
    const { authorization } = bearer(mint('ada'));
    // The body never comes.
    socket.write(
      `POST /api/users/ada/tasks HTTP/1.1\r\nhost: x\r\nauthorization: ${authorization}\r\ncontent-type: application/json\r\ncontent-length: 9\r\n\r\n`,
    );
    const [request] = (await arrived) as [NodeJS.EventEmitter];
    const closed = new Promise((resolve) => request.once('close', resolve));
    socket.destroy();
    await closed;
    const req = { method: 'POST', path: '/api/users/ada/tasks', ip: '127.0.0.1' };
    expect(requestLines()).toEqual([
      expect.objectContaining({ msg: 'request aborted', req: expect.objectContaining(req) }),
    ]);
  });
});
