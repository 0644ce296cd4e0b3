import { keyIdOfSecret } from '@tessera/database/contract';
import { decodeProtectedHeader, jwtVerify } from 'jose';
import { type AuthServer, startAuthServer } from './support/auth-server';
import { replaceSession } from './support/session-row';

interface TokenAnswer {
  token: string;
  expiresAt: number;
  serverTime: number;
}

describe('GET /api/auth/token', () => {
  let server: AuthServer;
  beforeAll(async () => {
    server = await startAuthServer({ JWT_TTL: '15m' });
  });
  afterAll(() => server.stop());

  const secret = () => new TextEncoder().encode(server.jwtSecret);

  it('gives a token with exactly the claims of FR-010, signed HS256 under its kid (FR-011)', async () => {
    const browser = server.browser();
    await browser.signUp('claims@example.com');
    const answer = await browser.get('/token');
    expect(answer.headers.get('cache-control')).toBe('no-store');
    const body: TokenAnswer = await answer.json();
    expect(Object.keys(body).sort()).toEqual(['expiresAt', 'serverTime', 'token']);
    const user = await server.db.user.findUniqueOrThrow({
      where: { email: 'claims@example.com' },
      include: { sessions: true },
    });

    expect(decodeProtectedHeader(body.token)).toEqual({
      alg: 'HS256',
      kid: keyIdOfSecret(server.jwtSecret),
      typ: 'JWT',
    });
    const { payload } = await jwtVerify(body.token, secret());
    expect(payload).toEqual({
      iss: 'http://localhost:3000',
      aud: 'http://localhost:3001',
      sub: user.id,
      user_id: user.id,
      email: 'claims@example.com',
      iat: body.serverTime,
      exp: body.serverTime + 15 * 60,
      jti: expect.stringMatching(/^[0-9a-f-]{36}$/),
      sid: user.sessions[0]?.id,
    });
    expect(body.expiresAt).toBe(payload.exp);
  });

  it('gives every token its own jti', async () => {
    const browser = server.browser();
    await browser.signUp('jti@example.com');
    const read = async () => {
      const body: TokenAnswer = await (await browser.get('/token')).json();
      return (await jwtVerify(body.token, secret())).payload.jti;
    };
    expect(await read()).not.toBe(await read());
  });

  it('never gives a token that outlives its session (FR-012)', async () => {
    const browser = server.browser();
    await browser.signUp('ending@example.com');
    const expiresAt = new Date(Date.now() + 60_000);
    await replaceSession(server.db, 'ending@example.com', { expiresAt });
    const body: TokenAnswer = await (await browser.get('/token')).json();
    expect(body.expiresAt).toBe(Math.floor(expiresAt.getTime() / 1000));
  });

  it.each([
    ['there is no cookie', undefined],
    ['the cookie is not signed by us', 'tessera.session_token=abc.def'],
  ])('answers 401 when %s', async (_, cookie) => {
    const answer = await server.browser().get('/token', cookie === undefined ? {} : { cookie });
    expect(answer.status).toBe(401);
    expect(await answer.json()).toMatchObject({ code: 'NO_SESSION' });
  });

  it('answers 401 when the session is over, deleted, or its user is gone', async () => {
    const over = server.browser();
    await over.signUp('over@example.com');
    await replaceSession(server.db, 'over@example.com', { expiresAt: new Date(Date.now() - 1000) });
    expect((await over.get('/token')).status).toBe(401);

    const gone = server.browser();
    await gone.signUp('gone@example.com');
    await server.db.user.delete({ where: { email: 'gone@example.com' } });
    expect((await gone.get('/token')).status).toBe(401);
  });
});

describe('the life of a session', () => {
  let server: AuthServer;
  afterEach(() => server.stop());

  it('slides with use, and ends at the absolute limit all the same (FR-012)', async () => {
    server = await startAuthServer({ SESSION_IDLE_LIFE: '7d', SESSION_ABSOLUTE_LIFE: '8d' });
    const browser = server.browser();
    await browser.signUp('regular@example.com');
    const day = 86_400_000;
    const openedAt = new Date(Date.now() - 5 * day);
    const data = { createdAt: openedAt, expiresAt: new Date(Date.now() + 2 * day) };
    const id = await replaceSession(server.db, 'regular@example.com', data);
    await browser.get('/get-session');
    const session = await server.db.session.findUniqueOrThrow({ where: { id } });
    expect(session.expiresAt.getTime()).toBe(openedAt.getTime() + 8 * day);
  });

  it('is kept in a __Host- cookie, Secure, when the public origin is https (FR-013, FR-024)', async () => {
    server = await startAuthServer({
      AUTH_RATE_LIMIT: 'on',
      WEB_URL: 'https://app.example.com',
      API_URL: 'https://api.example.com',
    });
    const answer = await server
      .browser()
      .post(
        '/sign-up/email',
        { name: 'Livia', email: 'secure@example.com', password: 'Correct-Horse-7' },
        { origin: 'https://app.example.com' },
      );
    const [cookie] = answer.headers.getSetCookie();
    expect(cookie).toMatch(/^__Host-tessera\.session_token=/);
    expect(cookie?.split('; ')).toEqual(expect.arrayContaining(['Secure', 'HttpOnly', 'Path=/']));
    expect(cookie).not.toContain('Domain');
  });
});
