import { SignJWT } from 'jose';
import { fetchAccessToken } from './token-endpoint';

const NOW = new Date('2026-11-20T12:00:00Z').getTime();

function answer(response: Response | Error) {
  jest.spyOn(globalThis, 'fetch').mockImplementation(async () => {
    if (response instanceof Error) throw response;
    return response;
  });
}

async function issued(lifeSeconds: number, skewSeconds = 0) {
  const serverTime = NOW / 1000 + skewSeconds;
  const token = await new SignJWT({ sub: 'user-1' })
    .setProtectedHeader({ alg: 'HS256' })
    .sign(new TextEncoder().encode('any key: the browser does not verify'));
  answer(Response.json({ token, expiresAt: serverTime + lifeSeconds, serverTime }));
  const outcome = await fetchAccessToken();
  if (outcome.kind !== 'issued') throw new Error(`expected a token, got ${outcome.kind}`);
  return outcome.token;
}

describe('the token endpoint, as the browser sees it', () => {
  beforeEach(() => {
    jest.useFakeTimers({ now: NOW, doNotFake: ['setImmediate', 'nextTick', 'queueMicrotask'] });
  });
  afterEach(() => {
    jest.useRealTimers();
    jest.restoreAllMocks();
  });

  it('sets the renewal five minutes before the end of a long-lived token (US5)', async () => {
    const token = await issued(24 * 3600);
    expect(token.expiresAt - token.renewAt).toBe(5 * 60_000);
    expect(token.userId).toBe('user-1');
  });

  it('sets the renewal a third of its life before the end of a short-lived token', async () => {
    const token = await issued(30);
    expect(token.renewAt).toBe(NOW + 20_000);
    expect(token.expiresAt).toBe(NOW + 30_000);
  });

  it.each([-7200, 7200])('does not mind a clock that is %d s off', async (skew) => {
    expect((await issued(900, skew)).expiresAt).toBe(NOW + 900_000);
  });

  it('takes only 401 for the end of the session', async () => {
    answer(new Response(null, { status: 401 }));
    expect(await fetchAccessToken()).toEqual({ kind: 'no session' });
  });

  it.each([403, 404, 429, 500, 502, 503])('takes %d for "try again later"', async (status) => {
    answer(new Response(null, { status }));
    expect(await fetchAccessToken()).toEqual({ kind: 'unavailable' });
  });

  it.each([
    ['a lost connection', new TypeError('Failed to fetch')],
    ['an answer that is not JSON', new Response('<html>')],
    ['an answer without a token', Response.json({})],
  ])('takes %s for "try again later"', async (_, response) => {
    answer(response);
    expect(await fetchAccessToken()).toEqual({ kind: 'unavailable' });
  });
});
