import { type AuthServer, PASSWORD, startAuthServer, WEB_URL } from './support/auth-server';

const SESSION_COOKIE = 'tessera.session_token';

describe('the gate of /api/auth', () => {
  let server: AuthServer;
  beforeAll(async () => {
    server = await startAuthServer();
    await server.browser().signUp('known@example.com');
  });
  afterAll(() => server.stop());

  it.each([
    '/list-sessions',
    '/revoke-session',
    '/revoke-sessions',
    '/revoke-other-sessions',
    '/update-user',
    '/update-session',
    '/delete-user',
    '/change-email',
    '/sign-in/social',
    '/callback/google',
    '/link-social',
    '/list-accounts',
    '/unlink-account',
    '/account-info',
    '/get-access-token',
    '/refresh-token',
    '/verify-password',
    '/set-password',
    '/reset-password/some-token',
    // Of the admin plugin, which is there for its columns.
    '/admin/set-role',
    '/admin/get-user',
    '/admin/create-user',
    '/admin/update-user',
    '/admin/list-users',
    '/admin/list-user-sessions',
    '/admin/ban-user',
    '/admin/unban-user',
    '/admin/impersonate-user',
    '/admin/stop-impersonating',
    '/admin/revoke-user-session',
    '/admin/revoke-user-sessions',
    '/admin/remove-user',
    '/admin/set-user-password',
    '/admin/has-permission',
    // Only of an issuer with key pairs.
    '/jwks',
    '/ok',
    '/error',
    '/sign-in/email/',
    '//sign-in/email',
  ])('does not serve %s', async (path) => {
    const browser = server.browser();
    expect((await browser.get(path)).status).toBe(404);
    expect((await browser.post(path)).status).toBe(404);
  });

  it.each(['/verify-email', '/reset-password', '/request-password-reset', '/sessions/end'])(
    'serves %s to a form only: a link that is followed changes nothing',
    async (path) => {
      const answer = await server.browser().get(`${path}?token=some-token`);
      expect(answer.status).toBe(405);
    },
  );

  it('answers another method with 405 and the right one', async () => {
    const answer = await server.browser().get('/sign-in/email');
    expect(answer.status).toBe(405);
    expect(answer.headers.get('allow')).toBe('POST');
  });

  it.each([
    ['without Origin', {}],
    ['with only a Referer of ours', { referer: `${WEB_URL}/tasks` }],
    ['with another Origin', { origin: 'https://evil.example' }],
    ['with an Origin that begins like ours', { origin: `${WEB_URL}.evil.com` }],
    ['with the Origin of the API', { origin: 'http://localhost:3001' }],
    ['with the Origin null', { origin: 'null', 'sec-fetch-site': 'same-origin' }],
  ])('refuses a POST that carries a cookie %s', async (_, headers) => {
    const browser = server.browser();
    await browser.signUp(`csrf${Math.random()}@example.com`);
    const cookie = `${SESSION_COOKIE}=${browser.cookies.get(SESSION_COOKIE)}`;
    const answer = await server.handle(
      new Request(`${WEB_URL}/api/auth/sign-out`, {
        method: 'POST',
        headers: { ...headers, cookie },
      }),
    );
    expect(answer.status).toBe(403);
    expect(await answer.json()).toMatchObject({ code: 'FOREIGN_ORIGIN' });
    expect((await browser.get('/token')).status).toBe(200);
  });

  it('refuses a sign-in from another site also without any cookie, so that nobody is signed in unawares', async () => {
    const body = { email: 'known@example.com', password: PASSWORD };
    const browser = server.browser();
    const answer = await browser.post('/sign-in/email', body, { origin: 'https://evil.example' });
    expect(answer.status).toBe(403);
  });

  it('refuses what a browser says comes from another site, also when it says nothing else', async () => {
    const answer = await server.handle(
      new Request(`${WEB_URL}/api/auth/sign-in/email`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'sec-fetch-site': 'cross-site' },
        body: JSON.stringify({ email: 'known@example.com', password: PASSWORD }),
      }),
    );
    expect(answer.status).toBe(403);
    expect(await answer.json()).toMatchObject({ code: 'FOREIGN_ORIGIN' });
  });

  it('serves a program that sends no Origin and no cookie, whatever its HTTP client adds', async () => {
    const answer = await server.handle(
      new Request(`${WEB_URL}/api/auth/sign-in/email`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'sec-fetch-mode': 'cors' },
        body: JSON.stringify({ email: 'known@example.com', password: PASSWORD }),
      }),
    );
    expect(answer.status).toBe(200);
  });

  it('answers a body larger than any form with 413', async () => {
    const answer = await server.browser().signIn('known@example.com', 'x'.repeat(100_001));
    expect(answer.status).toBe(413);
  });

  it('answers what is not JSON with a JSON sentence', async () => {
    const answer = await server.handle(
      new Request(`${WEB_URL}/api/auth/sign-in/email`, {
        method: 'POST',
        headers: { 'content-type': 'text/plain', origin: WEB_URL },
        body: 'email=a',
      }),
    );
    expect(answer.status).toBe(415);
    expect(await answer.json()).toEqual({
      code: expect.any(String),
      message: expect.any(String),
    });
  });
});
