import { type AuthServer, PASSWORD, startAuthServer } from './support/auth-server';

const email = 'newcomer@example.com';

describe('with REQUIRE_EMAIL_VERIFICATION', () => {
  let server: AuthServer;
  const verify = (token: string) => server.browser().post('/verify-email', { token });
  async function linkToken(): Promise<string> {
    const [mail] = await server.mailsTo(email);
    const token = /\/verify-email#token=(\w+)$/m.exec(mail?.text ?? '')?.[1];
    if (token === undefined) throw new Error('There is no link in the newest mail');
    return token;
  }
  beforeEach(async () => {
    server = await startAuthServer({ REQUIRE_EMAIL_VERIFICATION: 'on' });
  });
  afterEach(() => server.stop());

  it('a sign-up opens no session before the link in the mail was used, and that signs nobody in', async () => {
    const browser = server.browser();
    const answer = await browser.signUp(email);
    expect(answer.status).toBe(200);
    expect(await answer.json()).toEqual({ verificationRequired: true });
    expect(browser.cookies.has('tessera.session_token')).toBe(false);
    const early = await browser.signIn(email);
    expect(early.status).toBe(403);
    expect(await early.json()).toMatchObject({ code: 'EMAIL_NOT_VERIFIED' });

    const verified = await verify(await linkToken());
    expect(verified.status).toBe(200);
    expect(await verified.json()).toEqual({});
    expect(verified.headers.getSetCookie()).toEqual([]);
    expect(await server.db.session.count()).toBe(0);
    expect((await browser.signIn(email)).status).toBe(200);
  });

  it('only the right password learns that the e-mail is not verified (FR-007)', async () => {
    await server.browser().signUp(email);
    const wrong = await server.browser().signIn(email, 'Wrong-Horse-7');
    const unknown = await server.browser().signIn('nobody@example.com', 'Wrong-Horse-7');
    expect(wrong.status).toBe(401);
    expect(await wrong.text()).toBe(await unknown.text());
  });

  it('a sign-up with a used e-mail gets the same answer, and its owner a mail', async () => {
    const first = await server.browser().signUp(email);
    await verify(await linkToken());
    const second = await server.browser().signUp(email, 'Other-Horse-9', 'Somebody Else');
    expect(second.status).toBe(first.status);
    expect(await second.text()).toBe(await first.text());
    expect([...second.headers]).toEqual([...first.headers]);
    const [mail] = await server.mailsTo(email);
    expect(mail?.subject).toBe('You already have an account with Tessera');
    expect(mail?.text).not.toContain('Somebody');
    expect(await server.db.user.count()).toBe(1);
  });

  it('sign-ups that race for one e-mail get one answer, so that a race does not tell either', async () => {
    const answers = await Promise.all(
      Array.from({ length: 4 }, () => server.browser().signUp(email)),
    );
    for (const answer of answers) {
      expect(answer.status).toBe(200);
      expect(await answer.json()).toEqual({ verificationRequired: true });
    }
    expect(await server.db.user.count()).toBe(1);
  });

  it('a link works once, for a day, and only the newest does', async () => {
    await server.browser().signUp(email);
    const older = await linkToken();
    await server.browser().post('/send-verification-email', { email });
    const newest = await linkToken();
    const [row] = await server.db.verification.findMany();
    const life = (row?.expiresAt.getTime() ?? 0) - Date.now();
    expect(life).toBeGreaterThan(23 * 3_600_000);
    expect(life).toBeLessThanOrEqual(24 * 3_600_000);
    expect((await verify(older)).status).toBe(400);
    expect((await verify(newest)).status).toBe(200);
    const again = await verify(newest);
    expect(again.status).toBe(400);
    expect(await again.json()).toMatchObject({ code: 'INVALID_TOKEN' });
    expect((await verify('a\u0000b')).status).toBe(400);
  });

  it('an expired link verifies nothing', async () => {
    await server.browser().signUp(email);
    const token = await linkToken();
    await server.db.verification.updateMany({ data: { expiresAt: new Date(Date.now() - 1) } });
    expect((await verify(token)).status).toBe(400);
    expect((await server.browser().signIn(email)).status).toBe(403);
  });

  it('the token of one purpose is good for no other', async () => {
    await server.browser().signUp(email);
    const token = await linkToken();
    const reset = { token, newPassword: 'Another-Horse-8' };
    expect((await server.browser().post('/reset-password', reset)).status).toBe(400);
    await server.browser().post('/request-password-reset', { email });
    const [mail] = await server.mailsTo(email);
    const resetToken = /#token=(\w+)$/m.exec(mail?.text ?? '')?.[1] ?? '';
    expect((await verify(resetToken)).status).toBe(400);
  });

  it('another link has one answer for all: unverified, verified and unknown', async () => {
    await server.browser().signUp(email);
    await server.mailsTo(email);
    const send = async (address: string) => {
      const answer = await server.browser().post('/send-verification-email', { email: address });
      expect(answer.status).toBe(200);
      return answer.text();
    };
    const bodies = [await send(email), await send('nobody@example.com')];
    await verify(await linkToken());
    const sent = (await server.mailsTo(email)).length;
    bodies.push(await send(email));
    expect(new Set(bodies)).toEqual(new Set(['{}']));
    expect(await server.mailsTo(email)).toHaveLength(sent);
    expect(await server.mailsTo('nobody@example.com')).toEqual([]);
  });

  it('a reset by mail verifies the address: whoever signed up with it before is out', async () => {
    await server.browser().signUp(email, 'Squatters-Horse-7');
    await server.mailsTo(email);
    await server.browser().post('/request-password-reset', { email });
    const [mail] = await server.mailsTo(email);
    const token = /#token=(\w+)$/m.exec(mail?.text ?? '')?.[1];
    await server.browser().post('/reset-password', { token, newPassword: PASSWORD });
    expect((await server.browser().signIn(email, 'Squatters-Horse-7')).status).toBe(401);
    expect((await server.browser().signIn(email)).status).toBe(200);
  });
});
