import { type AuthServer, PASSWORD, startAuthServer } from './support/auth-server';

describe('while the database is down', () => {
  let server: AuthServer;
  afterEach(() => server.stop());

  it.each([
    ['on', 'shared-secret'],
    ['off', 'shared-secret'],
    ['off', 'jwks'],
  ])(
    'every authentication route answers 503 with Retry-After and keeps the cookie (rate limits %s, JWT_MODE %s)',
    async (limits, mode) => {
      server = await startAuthServer({ AUTH_RATE_LIMIT: limits, JWT_MODE: mode });
      const browser = server.browser();
      await browser.signUp('patient@example.com');
      const cookies = new Map(browser.cookies);
      await server.disconnectDatabase();

      const newPassword = 'Another-Horse-8';
      const token = 'x'.repeat(32);
      const answers = [
        await browser.get('/token'),
        await browser.get('/get-session'),
        await browser.signIn('patient@example.com'),
        await browser.signUp('newcomer@example.com'),
        await browser.post('/change-password', { currentPassword: PASSWORD, newPassword }),
        await browser.get('/sessions'),
        await browser.post('/sessions/end', { id: 'any' }),
        await browser.post('/sessions/end-others'),
        await browser.post('/request-password-reset', { email: 'patient@example.com' }),
        await browser.post('/reset-password', { token, newPassword }),
        await browser.post('/send-verification-email', { email: 'patient@example.com' }),
        await browser.post('/verify-email', { token }),
        await browser.post('/sign-out'),
      ];

      for (const answer of answers) {
        expect(answer.status).toBe(503);
        expect(answer.headers.get('retry-after')).toMatch(/^\d+$/);
        expect(answer.headers.getSetCookie()).toEqual([]);
        expect(await answer.json()).toEqual({
          code: 'SERVICE_UNAVAILABLE',
          message: expect.stringContaining('database'),
        });
      }
      expect(browser.cookies).toEqual(cookies);
      expect(await server.db.session.count()).toBe(1);
    },
  );
});
