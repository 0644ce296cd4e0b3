import { createHmac } from 'node:crypto';
import { type AuthServer, startAuthServer } from './support/auth-server';

const signed = (token: string, secret: string) =>
  `${token}.${createHmac('sha256', secret).update(token).digest('base64')}`;

/** Whoever reads the database, or holds the API's secret, has the tokens of sessions, but no session. */
describe('the token of a live session in a cookie', () => {
  let server: AuthServer;
  let token: string;
  beforeAll(async () => {
    server = await startAuthServer();
    await server.browser().signUp('victim@example.com');
    ({ token } = await server.db.session.findFirstOrThrow());
  });
  afterAll(() => server.stop());

  const withCookie = (value: string) => ({
    cookie: `tessera.session_token=${encodeURIComponent(value)}`,
  });

  it.each([
    ['without a signature', () => token],
    ['with a wrong signature', () => signed(token, 'x'.repeat(32))],
    ['signed with the secret of the access tokens', () => signed(token, server.jwtSecret)],
  ])('%s opens nothing and ends nothing (FR-013)', async (_, value) => {
    const headers = withCookie(value());
    expect((await server.browser().get('/token', headers)).status).toBe(401);
    await server.browser().post('/sign-out', {}, headers);
    expect(await server.db.session.count({ where: { token } })).toBe(1);
  });

  it('signed with the secret of the cookies is the session', async () => {
    const headers = withCookie(signed(token, server.environment.cookieSecret));
    expect((await server.browser().get('/token', headers)).status).toBe(200);
    expect((await server.browser().post('/sign-out', {}, headers)).status).toBe(200);
    expect(await server.db.session.count({ where: { token } })).toBe(0);
  });

  it('that is over is not taken away by a mere look: it may be another one by now', async () => {
    const headers = withCookie(signed('over', server.environment.cookieSecret));
    const answer = await server.browser().get('/get-session', headers);
    expect(await answer.json()).toBeNull();
    expect(answer.headers.getSetCookie()).toEqual([]);
  });
});
