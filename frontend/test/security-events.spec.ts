import type { SecurityEvent } from '@tessera/database';
import { hashEmail } from '@/lib/auth/email-hash';
import { type AuthServer, type Browser, PASSWORD, startAuthServer } from './support/auth-server';

const NEW = 'Another-Horse-8';
const from = {
  'x-client-ip': '192.0.2.1',
  'user-agent': 'probe/1.0',
  'x-request-id': 'request-0001',
};

let server: AuthServer;
let known: Set<string>;
let people = 0;

/** What `work` brought about, of all kinds or of one source. */
async function causedBy(work: () => Promise<unknown>, source?: string): Promise<SecurityEvent[]> {
  known = new Set((await server.events()).map(({ id }) => id));
  await work();
  const events = await server.events();
  return events.filter(
    (event) => !known.has(event.id) && event.source === (source ?? event.source),
  );
}
/** By name, as two clocks and one millisecond do not tell which came first. */
const inShort = (events: SecurityEvent[]) =>
  events
    .map(({ kind, outcome, reason }) => [kind, outcome, ...(reason === null ? [] : [reason])])
    .sort(([left = ''], [right = '']) => left.localeCompare(right));

async function signedUp(): Promise<{ browser: Browser; email: string; id: string }> {
  const email = `person-${(people += 1)}@example.com`;
  const browser = server.browser();
  await browser.signUp(email);
  const { id } = await server.db.user.findUniqueOrThrow({ where: { email } });
  return { browser, email, id };
}
async function linkTo(page: string, email: string): Promise<string> {
  const [mail] = await server.mailsTo(email);
  const token = new RegExp(`/${page}#token=(\\w+)$`, 'm').exec(mail?.text ?? '')?.[1];
  if (token === undefined) throw new Error('There is no link in the newest mail');
  return token;
}

describe('each of these is recorded, and recorded once (FR-026)', () => {
  beforeAll(async () => {
    server = await startAuthServer();
  });
  afterAll(() => server.stop());

  it('a sign-up, with time, user, session, address, user agent and request id', async () => {
    const body = { name: 'Livia', email: 'livia@example.com', password: PASSWORD };
    const events = await causedBy(() => server.browser().post('/sign-up/email', body, from));
    const user = await server.db.user.findUniqueOrThrow({
      where: { email: body.email },
      include: { sessions: true },
    });
    expect(events).toEqual([
      {
        id: expect.any(String),
        occurredAt: expect.any(Date),
        source: 'web',
        reason: null,
        kind: 'sign_up',
        outcome: 'success',
        userId: user.id,
        subjectHash: null,
        count: 1,
        sessionId: user.sessions[0]?.id,
        ip: '192.0.2.1',
        userAgent: 'probe/1.0',
        requestId: 'request-0001',
      },
    ]);
  });

  it('a sign-up with an e-mail that is used, for its owner', async () => {
    const { email, id } = await signedUp();
    const events = await causedBy(() => server.browser().signUp(email));
    expect(inShort(events)).toEqual([['sign_up', 'failure', 'email_used']]);
    expect(events[0]?.userId).toBe(id);
  });

  it('a sign-in', async () => {
    const { email, id } = await signedUp();
    const events = await causedBy(() => server.browser().signIn(email));
    expect(inShort(events)).toEqual([['sign_in', 'success']]);
    expect(events[0]).toMatchObject({ userId: id, sessionId: expect.any(String) });
  });

  it('a wrong password, for the user whose it is not, however the e-mail is spelt', async () => {
    const { email, id } = await signedUp();
    const spelt = ` ${email.toUpperCase()} `;
    const events = await causedBy(() => server.browser().signIn(spelt, 'Wrong-Horse-7'));
    expect(inShort(events)).toEqual([['sign_in', 'failure', 'wrong_credentials']]);
    expect(events[0]).toMatchObject({ userId: id, subjectHash: null });
  });

  it('an e-mail that nobody has, by a keyed hash', async () => {
    const events = await causedBy(() => server.browser().signIn('nobody@example.com'));
    expect(inShort(events)).toEqual([['sign_in', 'failure', 'wrong_credentials']]);
    const subjectHash = hashEmail('nobody@example.com', server.environment.cookieSecret);
    expect(events[0]).toMatchObject({ userId: null, subjectHash });
  });

  it('a sign-in of who is banned', async () => {
    const { email } = await signedUp();
    await server.db.user.update({ where: { email }, data: { banned: true } });
    const events = await causedBy(() => server.browser().signIn(email));
    expect(inShort(events)).toEqual([['sign_in', 'failure', 'banned']]);
  });

  it('a sign-out, and the revocation that it is', async () => {
    const { browser, id } = await signedUp();
    const events = await causedBy(() => browser.post('/sign-out'));
    expect(inShort(events)).toEqual([
      ['session_revoked', 'success'],
      ['sign_out', 'success'],
    ]);
    expect(events.every(({ userId }) => userId === id)).toBe(true);
    expect(new Set(events.map(({ sessionId }) => sessionId)).size).toBe(1);
  });

  it('a sign-in over a live session, which ends it', async () => {
    const { browser, email } = await signedUp();
    const events = await causedBy(() => browser.signIn(email), 'web');
    expect(inShort(events)).toEqual([
      ['session_ended', 'success', 'replaced'],
      ['sign_in', 'success'],
    ]);
  });

  it('a session that is ended, and each of several', async () => {
    const { browser, email, id } = await signedUp();
    for (let device = 0; device < 3; device += 1) await server.browser().signIn(email);
    const current = await server.db.session.findFirstOrThrow({
      where: { userId: id },
      orderBy: { createdAt: 'desc' },
    });
    const one = await causedBy(() => browser.post('/sessions/end', { id: current.id }), 'web');
    expect(inShort(one)).toEqual([['session_ended', 'success']]);
    expect(one[0]?.sessionId).toBe(current.id);
    const others = await causedBy(() => browser.post('/sessions/end-others'), 'web');
    expect(inShort(others)).toEqual([
      ['session_ended', 'success'],
      ['session_ended', 'success'],
    ]);
  });

  it('a changed password, and one that was not changed', async () => {
    const { browser } = await signedUp();
    const change = (currentPassword: string) => () =>
      browser.post('/change-password', { currentPassword, newPassword: NEW });
    const failed = await causedBy(change('Wrong-Horse-7'));
    expect(inShort(failed)).toEqual([['password_changed', 'failure', 'wrong_credentials']]);
    const changed = await causedBy(change(PASSWORD), 'web');
    expect(inShort(changed)).toEqual([['password_changed', 'success']]);
  });

  it('a password that is reset: the request for it, the reset, and a link that is no good', async () => {
    const { email, id } = await signedUp();
    const requested = await causedBy(() =>
      server.browser().post('/request-password-reset', { email }),
    );
    expect(inShort(requested)).toEqual([['password_reset_requested', 'success']]);
    expect(requested[0]?.userId).toBe(id);
    const token = await linkTo('reset-password', email);
    const reset = () => server.browser().post('/reset-password', { token, newPassword: NEW });
    expect(inShort(await causedBy(reset, 'web'))).toEqual([['password_reset', 'success']]);
    expect(inShort(await causedBy(reset))).toEqual([
      ['password_reset', 'failure', 'invalid_token'],
    ]);
  });

  it('a request from another site', async () => {
    const { browser } = await signedUp();
    const foreign = { ...from, origin: 'https://evil.example' };
    const events = await causedBy(() => browser.post('/sign-out', {}, foreign));
    expect(inShort(events)).toEqual([['foreign_origin_refused', 'refused']]);
    expect(events[0]).toMatchObject({ ip: '192.0.2.1', requestId: 'request-0001' });
  });

  it('nothing of what only asks, or is mistyped', async () => {
    const { browser } = await signedUp();
    const events = await causedBy(async () => {
      await browser.get('/get-session');
      await browser.get('/token');
      await browser.get('/sessions');
      await server.browser().signUp('weak@example.com', 'weak');
    });
    expect(events).toEqual([]);
  });

  it('nowhere with a password, a token or an e-mail', async () => {
    const written = JSON.stringify(await server.events());
    expect(written).not.toMatch(/Horse|@|token=/);
    for (const { token } of await server.db.session.findMany()) {
      expect(written).not.toContain(token);
    }
  });
});

describe('a request that is too much is recorded once', () => {
  afterEach(() => server.stop());

  it('by its account', async () => {
    server = await startAuthServer({ AUTH_RATE_LIMIT: 'on' });
    const { email, id } = await signedUp();
    const attempt = () => server.browser().post('/sign-in/email', { email, password: 'x' }, from);
    for (let count = 0; count < 5; count += 1) await attempt();
    const events = await causedBy(attempt);
    expect(inShort(events)).toEqual([['rate_limited', 'refused', 'account_locked']]);
    expect(events[0]?.userId).toBe(id);
  });

  it('by its address', async () => {
    server = await startAuthServer({ AUTH_RATE_LIMIT: 'on', SIGN_UP_RATE_LIMIT: '1' });
    const attempt = () => server.browser().post('/sign-up/email', { name: 'x' }, from);
    await attempt();
    expect(inShort(await causedBy(attempt))).toEqual([
      ['rate_limited', 'refused', 'address_limit'],
    ]);
  });

  it('for what can be served at once', async () => {
    server = await startAuthServer({ AUTH_CAPACITY: '1' });
    const attempt = () => server.browser().signIn('nobody@example.com');
    const events = await causedBy(() => Promise.all([attempt(), attempt()]));
    expect(inShort(events)).toEqual([
      ['overloaded', 'refused'],
      ['sign_in', 'failure', 'wrong_credentials'],
    ]);
  });
});

describe('with REQUIRE_EMAIL_VERIFICATION it is recorded', () => {
  const email = 'newcomer@example.com';
  beforeAll(async () => {
    server = await startAuthServer({ REQUIRE_EMAIL_VERIFICATION: 'on' });
  });
  afterAll(() => server.stop());

  it('that somebody signed up, and was too early to sign in', async () => {
    const signUp = () => server.browser().signUp(email);
    expect(inShort(await causedBy(signUp))).toEqual([['sign_up', 'success']]);
    const signIn = () => server.browser().signIn(email);
    expect(inShort(await causedBy(signIn))).toEqual([['sign_in', 'failure', 'email_not_verified']]);
  });

  it('that the e-mail is verified, and a link that is no good', async () => {
    const token = await linkTo('verify-email', email);
    const verify = () => server.browser().post('/verify-email', { token });
    expect(inShort(await causedBy(verify))).toEqual([['email_verified', 'success']]);
    expect(inShort(await causedBy(verify))).toEqual([
      ['email_verified', 'failure', 'invalid_token'],
    ]);
  });

  it('that somebody signed up with an e-mail that is used, though the answer does not say so', async () => {
    const events = await causedBy(() => server.browser().signUp(email));
    expect(inShort(events)).toEqual([['sign_up', 'failure', 'email_used']]);
  });
});
