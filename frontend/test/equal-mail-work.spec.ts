import pg from 'pg';
import { MailOutbox } from '@/lib/mail/mail-outbox';
import { type AuthServer, startAuthServer } from './support/auth-server';

/** What is done behind the answer is held back here: what is left is what its time can tell. */
describe('before it is answered', () => {
  let server: AuthServer;
  let query: jest.SpyInstance;
  let posted: jest.SpyInstance;
  beforeAll(async () => {
    server = await startAuthServer();
    await server.browser().signUp('known@example.com');
    query = jest.spyOn(pg.Client.prototype, 'query');
    posted = jest.spyOn(MailOutbox.prototype, 'post').mockReturnValue(undefined);
  });
  afterAll(async () => {
    query.mockRestore();
    posted.mockRestore();
    await server.stop();
  });

  it.each(['/request-password-reset', '/send-verification-email'])(
    '%s asks the database the same for an e-mail that somebody has and for one that nobody has (FR-007)',
    async (path) => {
      const statements = async (email: string) => {
        query.mockClear();
        expect((await server.browser().post(path, { email })).status).toBe(200);
        const texts = query.mock.calls.map(([statement]) => String(statement?.text ?? statement));
        // Written when the recorder's time has come, whatever is being served.
        return texts.filter((text) => !text.includes('record_security_events'));
      };
      // The first one prepares its statements.
      await statements('first@example.com');
      const known = await statements('known@example.com');
      expect(known.length).toBeGreaterThan(0);
      expect(await statements('nobody@example.com')).toEqual(known);
      // As often for either, though it sends to one of them only.
      expect(posted).toHaveBeenCalledTimes(3);
      posted.mockClear();
    },
  );
});
