import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { createRateLimitRepository } from '@/lib/auth/rate-limit.repository';
import { createFrontDoor } from '@/server/front-door';
import { type AuthServer, startAuthServer, WEB_URL } from './support/auth-server';

const from = (address: string) => ({ 'x-client-ip': address });
const weak = { name: 'Nero', email: 'a@example.com', password: 'x' };

describe('rate limits (FR-023)', () => {
  let server: AuthServer;
  beforeAll(async () => {
    server = await startAuthServer({ AUTH_RATE_LIMIT: 'on', AUTH_CAPACITY: '100' });
  });
  afterAll(() => server.stop());

  /** How many of so many requests at once are answered, by status. */
  async function statusesOf(
    times: number,
    send: (index: number) => Promise<Response>,
  ): Promise<Record<number, number>> {
    const answers = await Promise.all(Array.from({ length: times }, (_, index) => send(index)));
    const counts: Record<number, number> = {};
    for (const { status } of answers) counts[status] = (counts[status] ?? 0) + 1;
    return counts;
  }

  it('answer the eleventh sign-up of a minute from one address with 429 and Retry-After', async () => {
    const browser = server.browser();
    for (let attempt = 1; attempt <= 10; attempt += 1) {
      const answer = await browser.post('/sign-up/email', weak, from('192.0.2.1'));
      expect(answer.status).toBe(400);
    }
    const answer = await browser.post('/sign-up/email', weak, from('192.0.2.1'));
    expect(answer.status).toBe(429);
    const wait = Number(answer.headers.get('retry-after'));
    expect(wait).toBeGreaterThan(0);
    expect(wait).toBeLessThanOrEqual(60);
    expect(await answer.json()).toMatchObject({ code: 'TOO_MANY_REQUESTS' });
    const elsewhere = await browser.post('/sign-up/email', weak, from('192.0.2.2'));
    expect(elsewhere.status).toBe(400);
  });

  const signIn = (index: number, headers: Record<string, string>) => {
    const body = { email: `nobody${index}@example.com`, password: 'x' };
    return server.browser().post('/sign-in/email', body, headers);
  };

  it('answer the thirty-first sign-in of a minute with 429, also when they all race', async () => {
    const statuses = await statusesOf(33, (index) => signIn(index, from('192.0.2.3')));
    expect(statuses).toEqual({ 401: 30, 429: 3 });
  });

  it('take 64 bits of an IPv6 address for one client', async () => {
    const statuses = await statusesOf(33, (index) =>
      signIn(index, from(`2001:db8:1:2:${index.toString(16)}::1`)),
    );
    expect(statuses).toEqual({ 401: 30, 429: 3 });
    expect((await signIn(0, from('2001:db8:1:3::1'))).status).toBe(401);
  });

  it('do not count against an account what they refused', async () => {
    await statusesOf(31, (index) => signIn(index, from('192.0.2.8')));
    const body = { email: 'spared@example.com', password: 'x' };
    const refused = await server.browser().post('/sign-in/email', body, from('192.0.2.8'));
    expect(refused.status).toBe(429);
    await signIn(0, from('192.0.2.9'));
    const rows = await server.db.signInBackoff.findMany({ where: { scope: '192.0.2.9' } });
    expect(rows).toHaveLength(1);
    expect(await server.db.signInBackoff.count({ where: { scope: '192.0.2.8' } })).toBe(30);
  });

  it.each([
    ['/change-password', { currentPassword: 'x', newPassword: 'Another-Horse-8' }],
    ['/request-password-reset', { email: 'nobody@example.com' }],
    ['/reset-password', { token: 'x', newPassword: 'Another-Horse-8' }],
    ['/send-verification-email', { email: 'nobody@example.com' }],
    ['/verify-email', { token: 'x' }],
  ])('answer the eleventh request of a minute on %s with 429', async (path, body) => {
    const send = () => server.browser().post(path, body, from('192.0.2.5'));
    for (let attempt = 1; attempt <= 10; attempt += 1) expect((await send()).status).not.toBe(429);
    expect((await send()).status).toBe(429);
  });

  it('are what SIGN_IN_RATE_LIMIT and SIGN_UP_RATE_LIMIT say', async () => {
    const strict = await startAuthServer({
      AUTH_RATE_LIMIT: 'on',
      SIGN_IN_RATE_LIMIT: '2',
      SIGN_UP_RATE_LIMIT: '1',
    });
    try {
      const body = { email: 'nobody@example.com', password: 'x' };
      expect(await statusesOf(3, () => strict.browser().post('/sign-in/email', body))).toEqual({
        401: 2,
        429: 1,
      });
      expect(await statusesOf(2, () => strict.browser().post('/sign-up/email', weak))).toEqual({
        400: 1,
        429: 1,
      });
    } finally {
      await strict.stop();
    }
  });

  it('are counted in the database, one count for all instances', async () => {
    const other = createRateLimitRepository(server.db);
    await statusesOf(30, (index) => signIn(index, from('192.0.2.20')));
    const rule = { window: 60, max: 30 };
    expect((await other.consume('192.0.2.20|/sign-in/email', rule)).allowed).toBe(false);
  });

  it('begin again when the window is over, however busy it was', async () => {
    const repository = createRateLimitRepository(server.db);
    const rule = { window: 60, max: 1 };
    await repository.consume('key', rule);
    expect((await repository.consume('key', rule)).allowed).toBe(false);
    await server.db.rateLimit.update({
      where: { key: 'key' },
      data: { lastRequest: BigInt(Date.now() - 61_000) },
    });
    expect(await repository.consume('key', rule)).toEqual({ allowed: true, retryAfter: null });
  });

  describe('through the front door', () => {
    /** The whole way of a request, over a socket. @returns how to sign in, and how to stop */
    async function open(trustsProxy = server.environment.trustsProxy) {
      const options = { ...server.environment, ...server.gate, trustsProxy };
      const handle = async (request: IncomingMessage, response: ServerResponse) => {
        const answer = await server.handle(
          new Request(`${WEB_URL}${request.url}`, {
            method: request.method ?? 'GET',
            headers: new Headers(request.headers as Record<string, string>),
            body: await buffer(request),
          }),
        );
        response.writeHead(answer.status).end();
      };
      const http = createServer(createFrontDoor(options, handle, { dev: false }));
      await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve));
      const { port } = http.address() as AddressInfo;
      return {
        signIn: (index: number, headers: Record<string, string>) =>
          fetch(`http://127.0.0.1:${port}/api/auth/sign-in/email`, {
            method: 'POST',
            headers: { 'content-type': 'application/json', connection: 'close', ...headers },
            body: JSON.stringify({ email: `nobody${index}@example.com`, password: 'x' }),
          }),
        close: () => new Promise((resolve) => http.close(resolve)),
      };
    }

    it('believe nothing that a client writes about its own address', async () => {
      const door = await open();
      const statuses = await statusesOf(33, (index) => {
        const address = `203.0.113.${index}`;
        return door.signIn(index, {
          'x-forwarded-for': address,
          'x-client-ip': address,
          'x-real-ip': address,
          forwarded: `for=${address}`,
          'cf-connecting-ip': address,
        });
      });
      await door.close();
      expect(statuses).toEqual({ 401: 30, 429: 3 });
    });

    it('tell the clients of a trusted proxy apart, but not by what they claim to the proxy', async () => {
      const door = await open((address) => address === '127.0.0.1');
      const behind = (client: string) => (index: number) =>
        door.signIn(index, { 'x-forwarded-for': `198.51.100.${index}, ${client}` });
      const one = await statusesOf(33, behind('203.0.113.200'));
      const other = await statusesOf(30, behind('203.0.113.201'));
      await door.close();
      expect(one).toEqual({ 401: 30, 429: 3 });
      expect(other).toEqual({ 401: 30 });
    });
  });
});
