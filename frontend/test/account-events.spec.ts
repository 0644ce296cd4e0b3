import * as authEvents from '@/lib/auth/auth-events';
import { type AuthServer, type Browser, PASSWORD, startAuthServer } from './support/auth-server';

jest.mock('@/lib/auth/auth-events', () => {
  const actual = jest.requireActual<typeof authEvents>('@/lib/auth/auth-events');
  return { ...actual, recordAuthEvent: jest.fn(actual.recordAuthEvent) };
});

const NEW = 'Another-Horse-8';
const email = 'livia@example.com';

/** FR-026: what happens to an account is recorded, with whose it was. */
describe('an event is recorded of', () => {
  let server: AuthServer;
  let browser: Browser;
  let userId: string;
  let sessionId: string;
  beforeEach(async () => {
    server = await startAuthServer();
    browser = server.browser();
    await browser.signUp(email);
    ({ userId, id: sessionId } = await server.db.session.findFirstOrThrow());
  });
  afterEach(() => server.stop());

  async function recordedOf(work: () => Promise<unknown>) {
    jest.mocked(authEvents.recordAuthEvent).mockClear();
    await work();
    return jest.mocked(authEvents.recordAuthEvent).mock.calls.map(([event]) => event);
  }

  it('a sign-up, with the new user and session', async () => {
    const [event, ...more] = await recordedOf(() => server.browser().signUp('new@example.com'));
    const user = await server.db.user.findUniqueOrThrow({
      where: { email: 'new@example.com' },
      include: { sessions: true },
    });
    const session = user.sessions[0]?.id;
    expect(event).toEqual({
      kind: 'sign_up',
      outcome: 'success',
      userId: user.id,
      sessionId: session,
    });
    expect(more).toEqual([]);
  });

  it('a sign-up with a used e-mail', async () => {
    expect(await recordedOf(() => server.browser().signUp(email))).toEqual([
      { kind: 'sign_up', outcome: 'failure', reason: 'email_used', email },
    ]);
  });

  it('a sign-in', async () => {
    expect(await recordedOf(() => server.browser().signIn(email))).toEqual([
      { kind: 'sign_in', outcome: 'success', userId, sessionId: expect.any(String) },
    ]);
  });

  it('a sign-in that failed, with the e-mail and without a look at whose it is', async () => {
    for (const attempted of [email, 'nobody@example.com']) {
      expect(await recordedOf(() => server.browser().signIn(attempted, 'Wrong-Horse-7'))).toEqual([
        { kind: 'sign_in', outcome: 'failure', reason: 'wrong_credentials', email: attempted },
      ]);
    }
  });

  it('a sign-in of a banned user', async () => {
    await server.db.user.update({ where: { email }, data: { banned: true } });
    expect(await recordedOf(() => server.browser().signIn(email))).toEqual([
      { kind: 'sign_in', outcome: 'failure', reason: 'banned', email },
    ]);
  });

  it('a sign-in over a live session: that one ended', async () => {
    const events = await recordedOf(() => browser.signIn(email));
    expect(events).toContainEqual({
      kind: 'session_ended',
      outcome: 'success',
      reason: 'replaced',
      userId,
      sessionId,
    });
  });

  it('a sign-out, with whose session it was; and nothing when there was none', async () => {
    expect(await recordedOf(() => browser.post('/sign-out'))).toEqual([
      { kind: 'sign_out', outcome: 'success', userId, sessionId },
    ]);
    expect(await recordedOf(() => browser.post('/sign-out'))).toEqual([]);
  });

  it('a session that was ended, with which one', async () => {
    const there = server.browser();
    await there.signIn(email);
    const other = await server.db.session.findFirstOrThrow({ where: { id: { not: sessionId } } });
    const ended = { kind: 'session_ended', outcome: 'success', userId, sessionId: other.id };
    expect(await recordedOf(() => browser.post('/sessions/end', { id: other.id }))).toEqual([
      ended,
    ]);
    expect(await recordedOf(() => browser.post('/sessions/end', { id: other.id }))).toEqual([]);
    await there.signIn(email);
    expect(await recordedOf(() => browser.post('/sessions/end-others'))).toHaveLength(1);
  });

  it('a changed password, and of a wrong current one', async () => {
    const change = (currentPassword: string) =>
      browser.post('/change-password', { currentPassword, newPassword: NEW });
    expect(await recordedOf(() => change('Wrong-Horse-7'))).toEqual([
      { kind: 'password_changed', outcome: 'failure', reason: 'wrong_credentials', userId },
    ]);
    expect(await recordedOf(() => change(PASSWORD))).toEqual([
      { kind: 'password_changed', outcome: 'success', userId, sessionId: expect.any(String) },
    ]);
  });

  it('a reset that was asked for, that failed, and that was done', async () => {
    const ask = () => server.browser().post('/request-password-reset', { email });
    expect(await recordedOf(ask)).toEqual([
      { kind: 'password_reset_requested', outcome: 'success', email },
    ]);
    const [mail] = await server.mailsTo(email);
    const token = /#token=(\w+)$/m.exec(mail?.text ?? '')?.[1];
    const reset = () => server.browser().post('/reset-password', { token, newPassword: NEW });
    expect(await recordedOf(reset)).toEqual([
      { kind: 'password_reset', outcome: 'success', userId },
    ]);
    expect(await recordedOf(reset)).toEqual([
      { kind: 'password_reset', outcome: 'failure', reason: 'invalid_token' },
    ]);
  });

  it('an e-mail that was verified', async () => {
    await server.browser().post('/send-verification-email', { email });
    const [mail] = await server.mailsTo(email);
    const token = /#token=(\w+)$/m.exec(mail?.text ?? '')?.[1];
    expect(await recordedOf(() => server.browser().post('/verify-email', { token }))).toEqual([
      { kind: 'email_verified', outcome: 'success', userId },
    ]);
  });

  it('nothing with a password or a token', async () => {
    const recorded = await recordedOf(async () => {
      await browser.signIn(email);
      await browser.post('/change-password', { currentPassword: PASSWORD, newPassword: NEW });
      await browser.post('/request-password-reset', { email });
    });
    const text = JSON.stringify(recorded);
    for (const { token } of await server.db.session.findMany()) expect(text).not.toContain(token);
    for (const secret of [PASSWORD, NEW]) expect(text).not.toContain(secret);
  });
});
