import { createRateLimitRepository } from '@/lib/auth/rate-limit.repository';
import { type AuthServer, startAuthServer } from './support/auth-server';

const from = (address: string) => ({ 'x-client-ip': address });
const weak = { name: 'Nero', email: 'a@example.com', password: 'x' };

describe('rate limits (FR-023)', () => {
  let server: AuthServer;
  beforeAll(async () => {
    server = await startAuthServer({ AUTH_RATE_LIMIT: 'on' });
  });
  afterAll(() => server.stop());

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

  it('answer the thirty-first sign-in of a minute with 429, also when they all race', async () => {
    const body = { email: 'nobody@example.com', password: 'x' };
    const answers = await Promise.all(
      Array.from({ length: 33 }, () =>
        server.browser().post('/sign-in/email', body, from('192.0.2.3')),
      ),
    );
    const count = (status: number) => answers.filter((answer) => answer.status === status).length;
    expect([count(401), count(429)]).toEqual([30, 3]);
  });

  it('answer the eleventh change of a password of a minute with 429: it, too, tries passwords', async () => {
    const body = { currentPassword: 'x', newPassword: 'Another-Horse-8' };
    const change = () => server.browser().post('/change-password', body, from('192.0.2.5'));
    for (let attempt = 1; attempt <= 10; attempt += 1) expect((await change()).status).toBe(401);
    expect((await change()).status).toBe(429);
  });

  it('do not believe an address that the client wrote into X-Forwarded-For', async () => {
    const attempts = Array.from({ length: 11 }, (_, index) =>
      server.browser().post('/sign-up/email', weak, {
        ...from('192.0.2.4'),
        'x-forwarded-for': `198.51.100.${index}`,
      }),
    );
    const statuses = (await Promise.all(attempts)).map((answer) => answer.status);
    expect(statuses.filter((status) => status === 429)).toHaveLength(1);
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
});
