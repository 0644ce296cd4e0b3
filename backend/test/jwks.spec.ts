import { startTestApp, type Answer, type TestApp } from './support/test-app.js';
import { answers, IssuerKey, ISSUER_ALGORITHMS, TestIssuer } from './support/test-issuer.js';
import { bearer } from './support/token.minter.js';

let issuer: TestIssuer;
let testApp: TestApp;

/** The product's application, which verifies by the key set of the issuer. */
async function startApp(variables: Record<string, string> = {}): Promise<void> {
  testApp = await startTestApp({ JWT_MODE: 'jwks', JWT_JWKS_URL: issuer.url, ...variables });
}
const whoAmI = (token: string): Promise<Answer> =>
  testApp.request(null, 'GET', '/api/users/ada', { headers: bearer(token) });
const health = (): Promise<Answer> => testApp.request(null, 'GET', '/health');
/** The lines of the log that are about the issuer's keys. */
const linesAboutKeys = () =>
  testApp.logs.map(({ msg }) => String(msg)).filter((line) => line.includes('issuer'));

/** A fetch that begins from now on has ended. */
async function refreshed(): Promise<void> {
  await issuer.nextRequest();
  await issuer.nextRequest();
}

function expectOutage(answer: Answer): void {
  expect(answer.status).toBe(503);
  expect(answer.headers['retry-after']).toBe('5');
  expect(answer.headers['www-authenticate']).toBeUndefined();
  expect(answer.body).toMatchObject({ code: 'service_unavailable' });
  expect(answer.text).not.toMatch(/jwks|127\.0\.0\.1|ECONN/i);
}

beforeEach(async () => {
  issuer = await TestIssuer.start();
});
afterEach(async () => {
  await testApp.close();
  await issuer.close();
});

describe('JWKS mode (FR-011)', () => {
  it('limits what strangers can ask for while the keys cannot be had, without a stack in the log', async () => {
    const stranger = new IssuerKey('ES256', 'unknown');
    issuer.answer = answers.status(500);
    await startApp({ API_RATE_LIMIT: '3' });
    const statuses: number[] = [];
    for (let request = 0; request < 5; request += 1) {
      statuses.push((await whoAmI(stranger.mint('ada'))).status);
    }
    expect(statuses).toEqual([503, 503, 503, 429, 429]);
    const outages = testApp.logs.filter(({ event }) => event === 'key_outage');
    expect(outages).toHaveLength(3);
    expect(JSON.stringify(outages)).not.toContain('stack');
  });

  it('lets in who has a token of the issuer, signed by any of its keys', async () => {
    const keys = ISSUER_ALGORITHMS.map((algorithm) => issuer.publish(algorithm, algorithm));
    const asked = issuer.nextRequest();
    await startApp();
    await asked;
    for (const key of keys) {
      const answer = await whoAmI(key.mint('ada'));
      expect([key.algorithm, answer.status]).toEqual([key.algorithm, 200]);
      expect(answer.body).toMatchObject({ userId: 'ada', email: 'ada@example.com' });
    }
    expect(issuer.requests).toHaveLength(1);
    expect((await whoAmI(keys[0]?.mint('bob') ?? '')).status).toBe(403);
  });

  it('refuses every other token with 401, and takes no shared secret', async () => {
    const key = issuer.publish('ES256', 'a');
    await startApp();
    const header = (await whoAmI(new IssuerKey('ES256', 'a').mint('ada'))).headers;
    expect(header['www-authenticate']).toMatch('error="invalid_token"');
    for (const token of [
      new IssuerKey('ES256', 'unknown').mint('ada'),
      key.mint('ada', { header: { kid: undefined } }),
      key.mint('ada', { header: { alg: 'HS256' } }),
      key.mint('ada', { claims: { aud: 'https://elsewhere.example' } }),
    ]) {
      expect((await whoAmI(token)).status).toBe(401);
    }
    // Signed with the JWT_SECRET that stands in the environment of this app.
    expect((await testApp.request('ada', 'GET', '/api/users/ada')).status).toBe(401);
  });

  it('asks the issuer once for a thousand unknown keys', async () => {
    const key = issuer.publish('ES256', 'a');
    await startApp({ API_RATE_LIMIT: '0' });
    const ask = async (_: unknown, index: number) => {
      const token = key.mint('ada', { header: { kid: `unknown ${index}` } });
      return (await whoAmI(token)).status;
    };
    const statuses = await Promise.all(Array.from({ length: 1000 }, ask));
    expect(new Set(statuses)).toEqual(new Set([401]));
    expect(issuer.requests).toHaveLength(1);
    expect((await whoAmI(key.mint('ada'))).status).toBe(200);
  });

  it('refuses the tokens of a withdrawn key within the cache age', async () => {
    const [old, current] = [issuer.publish('ES256', 'old'), issuer.publish('EdDSA', 'current')];
    await startApp({ JWT_JWKS_CACHE_AGE: '1s' });
    const token = old.mint('ada');
    expect((await whoAmI(token)).status).toBe(200);
    issuer.withdraw(old);
    await refreshed();
    expect((await whoAmI(token)).status).toBe(401);
    expect((await whoAmI(current.mint('ada'))).status).toBe(200);
  });
});

describe('an outage of the issuer', () => {
  it('from the start is 503 until the first key set comes, by itself', async () => {
    const key = issuer.publish('ES256', 'a');
    issuer.answer = answers.hangUp;
    await startApp();
    expectOutage(await whoAmI(key.mint('ada')));
    expect((await health()).status).toBe(503);
    expect((await testApp.request(null, 'GET', '/health/live')).status).toBe(200);
    // What is no token needs no key to be refused.
    expect((await whoAmI('a.b.c')).status).toBe(401);
    expect((await testApp.request(null, 'GET', '/api/users/ada')).status).toBe(401);
    issuer.answer = undefined;
    await issuer.nextRequest();
    expect((await whoAmI(key.mint('ada'))).status).toBe(200);
    expect((await health()).body).toMatchObject({ details: { keys: { status: 'up' } } });
  });

  it('costs nobody access whose key is known, and is told of once', async () => {
    const key = issuer.publish('ES256', 'a');
    await startApp({ JWT_JWKS_CACHE_AGE: '1s' });
    expect((await whoAmI(key.mint('ada'))).status).toBe(200);
    issuer.answer = answers.status(500);
    await refreshed();
    expect((await whoAmI(key.mint('ada'))).status).toBe(200);
    expect((await health()).status).toBe(200);
    const newcomer = issuer.publish('ES256', 'b');
    expectOutage(await whoAmI(newcomer.mint('ada')));
    issuer.answer = undefined;
    await refreshed();
    expect((await whoAmI(newcomer.mint('ada'))).status).toBe(200);
    expect(linesAboutKeys()).toEqual([
      expect.stringMatching(/cannot be fetched: it answered 500\./),
      expect.stringMatching(/can be fetched again/),
    ]);
  });
});
