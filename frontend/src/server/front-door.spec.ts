import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { trustedProxies } from '@tessera/database/contract';
import { createAdmission } from '../lib/auth/admission';
import { setPageStatus } from '../lib/page-status';
import { createFrontDoor } from './front-door';

const WEB_URL = 'https://app.example.com';

describe('the front door', () => {
  const servers: Server[] = [];
  afterEach(async () => {
    for (const server of servers.splice(0)) {
      await new Promise((resolve) => server.close(resolve));
    }
  });

  /** Opens the door of an app. @returns its port */
  async function open(
    app: (headers: IncomingHttpHeaders) => void,
    { proxies = '' } = {},
  ): Promise<number> {
    const options = {
      webUrl: WEB_URL,
      apiUrl: 'https://api.example.com',
      isHttps: true,
      trustsProxy: trustedProxies.parse(proxies),
      admission: createAdmission(1),
      recorder: { record: () => undefined },
    };
    const door = createFrontDoor(
      options,
      async (request, response) => {
        app(request.headers);
        response.statusCode = 200;
        response.end('page');
      },
      { dev: false },
    );
    const server = createServer(door);
    servers.push(server);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return (server.address() as AddressInfo).port;
  }

  /** What the app behind the door is told, and what the client gets. */
  async function pass(
    headers: Record<string, string>,
    { proxies, render }: { proxies?: string; render?: () => void } = {},
  ): Promise<{ told: IncomingHttpHeaders; answer: Response }> {
    let told: IncomingHttpHeaders = {};
    const app = (given: IncomingHttpHeaders) => {
      told = given;
      render?.();
    };
    const port = await open(app, { proxies });
    const answer = await fetch(`http://127.0.0.1:${port}/`, {
      headers: { ...headers, connection: 'close' },
    });
    await answer.text();
    return { told, answer };
  }

  it('tells the app the address of the socket, whatever the client claims (FR-023)', async () => {
    const { told } = await pass({
      'x-client-ip': '203.0.113.9',
      'x-forwarded-for': '203.0.113.9',
      'x-real-ip': '203.0.113.9',
      forwarded: 'for=203.0.113.9',
    });
    expect(told['x-client-ip']).toBe('127.0.0.1');
    expect(told['x-forwarded-for']).toBe('127.0.0.1');
    expect(JSON.stringify(told)).not.toContain('203.0.113.9');
  });

  it('believes a trusted proxy, as far as its own word goes', async () => {
    const headers = {
      'x-client-ip': '203.0.113.9',
      'x-forwarded-for': '203.0.113.9, 198.51.100.7',
    };
    const { told } = await pass(headers, { proxies: '127.0.0.0/8' });
    expect(told['x-client-ip']).toBe('198.51.100.7');
  });

  it('tells the app its public origin, so that redirects cannot be bent by a Host header', async () => {
    const { told } = await pass({
      'x-forwarded-host': 'evil.example',
      'x-forwarded-proto': 'http',
    });
    expect(told.host).toBe('app.example.com');
    expect(told['x-forwarded-host']).toBe('app.example.com');
    expect(told['x-forwarded-proto']).toBe('https');
  });

  it('tells the app which host the client asked for, whatever the client says of it', async () => {
    const { told } = await pass({ 'x-sent-host': 'localhost' });
    expect(told['x-sent-host']).toMatch(/^127\.0\.0\.1:\d+$/);
  });

  it('sends the security headers with a nonce of its own each time, and tells the app that nonce', async () => {
    const [one, two] = [
      await pass({}),
      await pass({ 'content-security-policy': "script-src 'nonce-mine'" }),
    ];
    const policy = two.answer.headers.get('content-security-policy');
    expect(policy).toContain("'nonce-");
    expect(policy).not.toBe(one.answer.headers.get('content-security-policy'));
    expect(two.told['content-security-policy']).toBe(policy);
    expect(two.answer.headers.get('strict-transport-security')).not.toBeNull();
  });

  it('sends a page that could not be had now with the status that the page asked for', async () => {
    const { answer } = await pass({}, { render: () => setPageStatus(503) });
    expect(answer.status).toBe(503);
    expect(answer.headers.get('retry-after')).toMatch(/^\d+$/);
    const fine = (await pass({})).answer;
    expect(fine.status).toBe(200);
    expect(fine.headers.has('retry-after')).toBe(false);
  });

  it.each([
    ['a whole address', 'GET http://evil.example/tasks'],
    ['our own address in whole', `GET ${WEB_URL}/tasks`],
    ['the server as such', 'GET *'],
    ['the options of the server', 'OPTIONS *'],
    ['its own request back', 'TRACE /'],
  ])('answers who asks for %s with 400, before the app sees it', async (_, line) => {
    const app = jest.fn();
    const socket = connect(await open(app), '127.0.0.1');
    socket.write(`${line} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n`);
    const answer = await text(socket);
    expect(answer).toMatch(/^HTTP\/1\.1 400 /);
    expect(answer).not.toMatch(/^location:/im);
    expect(app).not.toHaveBeenCalled();
  });
});
