import { startTestApp, type TestApp } from './support/test-app.js';

let testApp: TestApp;
beforeEach(async () => {
  testApp = await startTestApp({ API_RATE_LIMIT: '3', TRUSTED_PROXIES: '10.0.0.0/8' });
});
afterEach(() => testApp.close());

const me = (
  userId: string | null,
  options: { address?: string; headers?: Record<string, string> } = {},
) => testApp.request(userId, 'GET', `/api/users/${userId ?? 'ada'}`, options);
const statuses = async (count: number, call: () => Promise<{ status: number }>) => {
  const found: number[] = [];
  for (let index = 0; index < count; index += 1) found.push((await call()).status);
  return found;
};

describe('the rate limit', () => {
  it('answers 429 with Retry-After beyond the budget of a principal, over all routes', async () => {
    expect(await statuses(3, () => me('ada'))).toEqual([200, 200, 200]);
    const answer = await testApp.request('ada', 'GET', '/api/users/ada/tasks');
    expect(answer.status).toBe(429);
    expect(answer.body['code']).toBe('too_many_requests');
    expect(testApp.logs).toContainEqual(
      expect.objectContaining({ event: 'rate_limited', requestId: answer.body['requestId'] }),
    );
    expect(Number(answer.headers['retry-after'])).toBeGreaterThanOrEqual(1);
    expect(Number(answer.headers['retry-after'])).toBeLessThanOrEqual(60);
  });

  it('gives each principal a budget of its own, at one address too', async () => {
    await statuses(4, () => me('ada'));
    expect((await me('ada')).status).toBe(429);
    expect((await me('bob')).status).toBe(200);
  });

  it('follows a principal from address to address', async () => {
    await statuses(3, () => me('ada', { address: '192.0.2.1' }));
    expect((await me('ada', { address: '192.0.2.2' })).status).toBe(429);
  });

  it('counts routes of other users too, so that they cannot be tried for free', async () => {
    const foreign = () => testApp.request('ada', 'GET', '/api/users/bob');
    expect(await statuses(4, foreign)).toEqual([403, 403, 403, 429]);
  });

  it('counts refused requests by address, and leaves good tokens from there alone', async () => {
    const from = (address: string) => () => me(null, { address });
    expect(await statuses(4, from('192.0.2.1'))).toEqual([401, 401, 401, 429]);
    expect((await from('192.0.2.2')()).status).toBe(401);
    expect((await me('ada', { address: '192.0.2.1' })).status).toBe(200);
  });

  it('takes an IPv6 network for one client, and no two IPv4 addresses', async () => {
    await statuses(3, () => me(null, { address: '2001:db8::1' }));
    expect((await me(null, { address: '2001:db8::ffff:2' })).status).toBe(429);
    expect((await me(null, { address: '2001:db8:0:1::1' })).status).toBe(401);
  });

  it('believes X-Forwarded-For of a trusted proxy, and of nobody else', async () => {
    const via = (address: string, client: string) =>
      me(null, { address, headers: { 'x-forwarded-for': client } });
    await statuses(3, () => via('10.0.0.1', '198.51.100.1'));
    expect((await via('10.0.0.1', '198.51.100.1')).status).toBe(429);
    expect((await via('10.0.0.1', '198.51.100.2')).status).toBe(401);
    await statuses(3, () => via('203.0.113.9', '198.51.100.3'));
    expect((await via('203.0.113.9', '198.51.100.4')).status).toBe(429);
  });

  it.each(['/nowhere', '/docs-json', '/%64ocs-json', '/api/nowhere'])(
    'counts by address what no guard sees, and leaves the API alone: %s',
    async (url) => {
      const from = (address: string) => () =>
        testApp.request('ada', 'GET', url, { address: `192.0.2.${address}` });
      const [first = 0] = await statuses(3, from('1'));
      const answer = await from('1')();
      expect(answer.body).toMatchObject({ status: 429, code: 'too_many_requests' });
      expect(Number(answer.headers['retry-after'])).toBeGreaterThanOrEqual(1);
      expect(answer.headers['x-content-type-options']).toBe('nosniff');
      expect((await from('2')()).status).toBe(first);
      expect((await me('ada', { address: '192.0.2.1' })).status).toBe(200);
    },
  );

  it('does not touch the health of the service', async () => {
    expect(await statuses(8, () => testApp.request(null, 'GET', '/health/live'))).toEqual(
      Array(8).fill(200),
    );
  });

  it('is off at 0', async () => {
    const unlimited = await startTestApp({ API_RATE_LIMIT: '0' });
    const call = (userId: string | null) => unlimited.request(userId, 'GET', '/api/users/ada');
    expect(await statuses(5, () => call('ada'))).toEqual(Array(5).fill(200));
    expect(await statuses(5, () => call(null))).toEqual(Array(5).fill(401));
    const lost = () => unlimited.request(null, 'GET', '/nowhere');
    expect(await statuses(5, lost)).toEqual(Array(5).fill(404));
    await unlimited.close();
  });
});
