import type * as passwordHash from '@/lib/auth/password-hash';
import { type AuthServer, PASSWORD, startAuthServer } from './support/auth-server';
import { PasswordGate } from './support/gated-password';
import { holdTransaction } from './support/held-transaction';

const mockGate = new PasswordGate();
jest.mock('@/lib/auth/password-hash', () => {
  const actual = jest.requireActual<typeof passwordHash>('@/lib/auth/password-hash');
  return {
    ...actual,
    verifyPassword: async (attempt: { hash: string; password: string }) => {
      const verdict = await actual.verifyPassword(attempt);
      await mockGate.pass(attempt.password);
      return verdict;
    },
  };
});

const BAN = `UPDATE "user" SET "banned" = true WHERE "email" = 'bad@example.com'`;

describe('a banned user', () => {
  let server: AuthServer;
  const email = 'bad@example.com';
  const where = { user: { email } };
  beforeEach(async () => {
    server = await startAuthServer();
  });
  afterEach(() => server.stop());

  it('loses every session, and gets no token (spec: user banned)', async () => {
    const browser = server.browser();
    await browser.signUp(email);
    await server.db.user.update({ where: { email }, data: { banned: true } });
    expect(await server.db.session.count({ where })).toBe(0);
    expect((await browser.get('/token')).status).toBe(401);
  });

  it('is told so at a sign-in with the right password, and only then (FR-007)', async () => {
    await server.browser().signUp(email);
    await server.db.user.update({ where: { email }, data: { banned: true } });
    const wrong = await server.browser().signIn(email, 'Wrong-Horse-7');
    const unknown = await server.browser().signIn('nobody@example.com', 'Wrong-Horse-7');
    expect(wrong.status).toBe(401);
    expect(await wrong.text()).toBe(await unknown.text());
    const right = await server.browser().signIn(email);
    expect(right.status).toBe(403);
    expect(right.headers.getSetCookie()).toEqual([]);
    expect(await right.json()).toEqual({
      code: 'ACCOUNT_SUSPENDED',
      message: expect.stringContaining('suspended'),
    });
  });

  it('gets no token from a session that nothing deleted', async () => {
    const browser = server.browser();
    await browser.signUp(email);
    await server.asOwner('ALTER TABLE "user" DISABLE TRIGGER "user_banned"');
    const until = (banExpires: Date | null) =>
      server.db.user.update({ where: { email }, data: { banned: true, banExpires } });
    await until(null);
    expect((await browser.get('/token')).status).toBe(401);
    expect((await browser.get('/sessions')).status).toBe(401);
    await until(new Date(Date.now() + 60_000));
    expect((await browser.get('/token')).status).toBe(401);
    await until(new Date(Date.now() - 60_000));
    expect((await browser.get('/token')).status).toBe(200);
  });

  it('is let in again once the ban has expired', async () => {
    await server.browser().signUp(email);
    const banExpires = new Date(Date.now() - 1000);
    await server.db.user.update({ where: { email }, data: { banned: true, banExpires } });
    expect((await server.browser().signIn(email)).status).toBe(200);
  });

  it('does not get in by a sign-in that was under way when the ban was made', async () => {
    await server.browser().signUp(email);
    const { arrival, open } = mockGate.hold(PASSWORD);
    const answer = server.browser().signIn(email);
    await arrival;
    await server.asOwner(BAN);
    open();
    expect((await answer).status).toBe(403);
    expect(await server.db.session.count({ where })).toBe(0);
  });

  it('does not get in by a session that begins while the ban is being made', async () => {
    const browser = server.browser();
    await browser.signUp(email);
    let signIn: Promise<Response> | undefined;
    await holdTransaction(server.ownerUrl, BAN, async (blocked) => {
      signIn = browser.signIn(email);
      await blocked();
    });
    const answer = await signIn;
    expect(answer?.status).toBe(403);
    expect(await answer?.json()).toMatchObject({ code: 'ACCOUNT_SUSPENDED' });
    expect(await server.db.session.count({ where })).toBe(0);
  });

  it('does not get in by changing the password meanwhile, which stays the old one', async () => {
    const browser = server.browser();
    await browser.signUp(email);
    const { password } = await server.db.account.findFirstOrThrow({ where });
    const { arrival, open } = mockGate.hold(PASSWORD);
    const change = { currentPassword: PASSWORD, newPassword: 'Another-Horse-8' };
    const answer = browser.post('/change-password', change);
    await arrival;
    await server.asOwner(BAN);
    open();
    expect((await answer).status).toBe(403);
    expect(await server.db.session.count({ where })).toBe(0);
    expect(await server.db.account.findFirstOrThrow({ where })).toMatchObject({ password });
  });
});
