import { type AuthServer, startAuthServer, WEB_URL } from './support/auth-server';

const TEXT = 'http://x.example/#token=SECRET me@example.com';
const IN_QUERY = `callbackURL=${encodeURIComponent(TEXT)}&redirectTo=${encodeURIComponent(TEXT)}`;
const EXTRAS = Object.fromEntries(
  ['redirectTo', 'callbackURL', 'errorCallbackURL', 'newUserCallbackURL'].map((name) => [
    name,
    TEXT,
  ]),
);

/** Better Auth logs addresses that it would not return to, and looks for them before any hook of ours. */
describe('what a stranger writes', () => {
  let server: AuthServer;
  let stderr: jest.SpyInstance;
  let stdout: jest.SpyInstance;
  beforeEach(async () => {
    server = await startAuthServer();
    stderr = jest.spyOn(process.stderr, 'write').mockReturnValue(true);
    stdout = jest.spyOn(process.stdout, 'write').mockReturnValue(true);
  });
  afterEach(async () => {
    stderr.mockRestore();
    stdout.mockRestore();
    await server.stop();
  });
  const expectNothingLogged = () => {
    const written = JSON.stringify([...stderr.mock.calls, ...stdout.mock.calls]);
    expect(written).not.toContain('SECRET');
    expect(written).not.toContain('x.example');
  };

  it.each([
    [
      '/sign-up/email',
      { name: 'Livia', email: 'me@example.com', password: 'Correct-Horse-7' },
      200,
    ],
    ['/sign-in/email', { email: 'me@example.com', password: 'Correct-Horse-7' }, 401],
    ['/sign-out', {}, 200],
    ['/change-password', { currentPassword: 'x', newPassword: 'Correct-Horse-7' }, 401],
    ['/request-password-reset', { email: 'me@example.com' }, 200],
    ['/reset-password', { token: 'x', newPassword: 'Correct-Horse-7' }, 400],
    ['/send-verification-email', { email: 'me@example.com' }, 200],
    ['/verify-email', { token: 'x' }, 400],
    ['/sessions/end', { id: 'x' }, 401],
    ['/sessions/end-others', {}, 401],
  ])(
    'in fields that %s does not have changes no answer and is not logged',
    async (path, body, status) => {
      const answer = await server.browser().post(`${path}?${IN_QUERY}`, { ...body, ...EXTRAS });
      expect(answer.status).toBe(status);
      expectNothingLogged();
    },
  );

  it('in the fields of an HTML form is not logged either', async () => {
    const form = new URLSearchParams({ email: 'me@example.com', password: 'x', ...EXTRAS });
    const answer = await server.handle(
      new Request(`${WEB_URL}/api/auth/sign-in/email`, { method: 'POST', body: form }),
    );
    expect(answer.status).toBe(401);
    expectNothingLogged();
  });

  it.each(['/get-session', '/sessions', '/token'])(
    'in the query of %s is not logged',
    async (path) => {
      const answer = await server
        .browser()
        .get(`${path}?${IN_QUERY}&disableCookieCache=${IN_QUERY}`);
      expect([200, 401]).toContain(answer.status);
      expectNothingLogged();
    },
  );

  it('as the page that it came from is refused, and not logged', async () => {
    const answer = await server.handle(
      new Request(`${WEB_URL}/api/auth/sign-in/email`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', referer: 'http://x.example/?token=SECRET' },
        body: JSON.stringify({ email: 'me@example.com', password: 'x' }),
      }),
    );
    expect(answer.status).toBe(403);
    expectNothingLogged();
    expect(await answer.json()).toMatchObject({ code: 'FOREIGN_ORIGIN' });
  });
});
