import type * as passwordHash from '@/lib/auth/password-hash';
import { type AuthServer, type Browser, PASSWORD, startAuthServer } from './support/auth-server';
import { PasswordGate } from './support/gated-password';
import { holdTransaction } from './support/held-transaction';

const mockGate = new PasswordGate();
jest.mock('@/lib/auth/password-hash', () => {
  const actual = jest.requireActual<typeof passwordHash>('@/lib/auth/password-hash');
  return {
    hashPassword: async (password: string) => {
      const hash = await actual.hashPassword(password);
      await mockGate.pass(password);
      return hash;
    },
    verifyPassword: async (attempt: { hash: string; password: string }) => {
      const verdict = await actual.verifyPassword(attempt);
      await mockGate.pass(attempt.password);
      return verdict;
    },
  };
});

const NEW = 'Owners-Horse-8';
const ATTACKERS = 'Attackers-Horse-9';

/** The password of an account changes while somebody who knows the old one is at it. */
describe('while a password is being changed', () => {
  let server: AuthServer;
  const email = 'owner@example.com';
  const where = { user: { email } };
  let owner: Browser;
  let attacker: Browser;
  beforeEach(async () => {
    server = await startAuthServer();
    owner = server.browser();
    attacker = server.browser();
    await owner.signUp(email);
  });
  afterEach(() => server.stop());

  const change = (browser: Browser, newPassword: string) =>
    browser.post('/change-password', { currentPassword: PASSWORD, newPassword });

  async function reset(newPassword: string): Promise<Response> {
    await owner.post('/request-password-reset', { email });
    const [mail] = await server.mailsTo(email);
    const token = /#token=(\w+)/.exec(mail?.text ?? '')?.[1];
    return owner.post('/reset-password', { token, newPassword });
  }

  it('a sign-in with the old one that was verified before opens no session', async () => {
    const { arrival, open } = mockGate.hold(PASSWORD);
    const answer = attacker.signIn(email);
    await arrival;
    expect((await reset(NEW)).status).toBe(200);
    open();
    expect((await answer).status).toBe(401);
    expect(await (await answer).json()).toMatchObject({ code: 'INVALID_EMAIL_OR_PASSWORD' });
    expect((await answer).headers.getSetCookie()).toEqual([]);
    expect(await server.db.session.count({ where })).toBe(0);
  });

  it('a sign-in with the old one waits for the change, and opens no session', async () => {
    let answer: Promise<Response> | undefined;
    const changed = `UPDATE "account" SET "password" = 'changed'`;
    await holdTransaction(server.ownerUrl, changed, async (blocked) => {
      answer = attacker.signIn(email);
      await blocked();
    });
    expect((await answer)?.status).toBe(401);
    expect(await server.db.session.count({ where })).toBe(0);
  });

  it('the session that the browser had before goes on when such a sign-in is refused', async () => {
    await attacker.signUp('attacker@example.com');
    const { arrival, open } = mockGate.hold(PASSWORD);
    const answer = attacker.signIn(email);
    await arrival;
    await reset(NEW);
    open();
    expect((await answer).status).toBe(401);
    expect((await attacker.get('/token')).status).toBe(200);
  });

  it.each([
    ['a reset', () => reset(NEW)],
    ['a change', () => change(owner, NEW)],
  ])("the owner's completed reset or change wins over an older change: %s", async (_, complete) => {
    await attacker.signIn(email);
    const { arrival, open } = mockGate.hold(ATTACKERS);
    const answer = change(attacker, ATTACKERS);
    await arrival;
    expect((await complete()).status).toBe(200);
    open();
    expect((await answer).status).toBe(401);
    expect((await attacker.get('/token')).status).toBe(401);
    expect((await server.browser().signIn(email, ATTACKERS)).status).toBe(401);
    expect((await server.browser().signIn(email, NEW)).status).toBe(200);
  });

  it('a change of which the last step fails changes nothing, and ends no session', async () => {
    const there = server.browser();
    await there.signIn(email);
    await server.asOwner('REVOKE INSERT ON "session" FROM tessera_web');
    const answer = await change(owner, NEW);
    await server.asOwner('GRANT INSERT ON "session" TO tessera_web');
    expect(answer.status).toBe(500);
    expect((await owner.get('/token')).status).toBe(200);
    expect((await there.get('/token')).status).toBe(200);
    expect((await server.browser().signIn(email)).status).toBe(200);
  });
});
