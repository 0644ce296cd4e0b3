import { findRecentActivity } from '@/lib/auth/activity.repository';
import { type AuthServer, type Browser, PASSWORD, startAuthServer } from './support/auth-server';

const FIREFOX = 'Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:130.0) Gecko/20100101 Firefox/130.0';

let server: AuthServer;
let browser: Browser;
let people = 0;
let me: { id: string; email: string };

beforeAll(async () => {
  server = await startAuthServer({ AUTH_RATE_LIMIT: 'on' });
});
beforeEach(async () => {
  const email = `person-${(people += 1)}@example.com`;
  browser = server.browser();
  await browser.signUp(email);
  me = await server.db.user.findUniqueOrThrow({ where: { email } });
});
afterAll(() => server.stop());

async function activity(limit = 50) {
  await server.events();
  return findRecentActivity(server.db, me.id, limit);
}
const kinds = async () => (await activity()).map(({ kind }) => kind);

describe('recent activity', () => {
  it('is what happened to the account, newest first, with time, address and device', async () => {
    const from = { 'x-client-ip': '192.0.2.1', 'user-agent': FIREFOX };
    await server.browser().post('/sign-in/email', { email: me.email, password: PASSWORD }, from);
    const [latest, first] = await activity();
    expect(latest).toEqual({
      id: expect.any(String),
      kind: 'sign_in',
      outcome: 'success',
      reason: null,
      count: 1,
      occurredAt: expect.any(Date),
      ip: '192.0.2.1',
      device: 'Firefox on Windows',
      sessionId: expect.any(String),
    });
    expect(first?.kind).toBe('sign_up');
  });

  it('has the attempts of others on the account: wrong passwords, and those that came too often', async () => {
    const attempt = { email: me.email, password: 'Wrong-Horse-7' };
    for (let count = 0; count < 6; count += 1) {
      await server.browser().post('/sign-in/email', attempt, { 'x-client-ip': '192.0.2.2' });
    }
    const shown = (await activity()).map(({ kind, reason }) => [kind, reason]);
    expect(shown).toEqual([
      ['rate_limited', 'account_locked'],
      ...Array.from({ length: 5 }, () => ['sign_in', 'wrong_credentials']),
      ['sign_up', null],
    ]);
  });

  it("is never another user's, whatever they do", async () => {
    const other = server.browser();
    await other.signUp(`other-${people}@example.com`);
    const { id } = await server.db.user.findUniqueOrThrow({
      where: { email: `other-${people}@example.com` },
    });
    await other.post('/sign-out');
    await server.browser().signIn(`other-${people}@example.com`, 'Wrong-Horse-7');
    await server.browser().signIn(`nobody-${people}@example.com`);
    expect(await kinds()).toEqual(['sign_up']);
    const theirs = (await findRecentActivity(server.db, id, 50)).map((item) => item.kind);
    expect(theirs.sort()).toEqual(['sign_in', 'sign_out', 'sign_up']);
  });

  it('tells of an ended session once, where the user ended it', async () => {
    await browser.post('/sign-out');
    expect(await kinds()).toEqual(['sign_out', 'sign_up']);
  });

  it('tells of a session that somebody else ended', async () => {
    await server.asOwner(`DELETE FROM "session" WHERE "userId" = '${me.id}'`);
    expect(await kinds()).toEqual(['session_revoked', 'sign_up']);
  });

  it('leaves out what says nothing to a user', async () => {
    await server.asOwner(
      `INSERT INTO "security_event" ("source", "kind", "outcome", "user_id", "reason") VALUES
       ('api', 'token_refused', 'refused', '${me.id}', 'expired'),
       ('api', 'rate_limited', 'refused', '${me.id}', NULL)`,
    );
    expect(await kinds()).toEqual(['sign_up']);
  });

  it('is no longer than asked for', async () => {
    for (let count = 0; count < 3; count += 1) await server.browser().signIn(me.email);
    expect(await activity(2)).toHaveLength(2);
  });
});
