import { type AuthServer, type Browser, PASSWORD, startAuthServer } from './support/auth-server';

const NAME = 'Livia Drusilla';

/** Every path that sets a password, each by one who may. */
const PATHS = ['/sign-up/email', '/change-password', '/reset-password'] as const;

describe('a new password (FR-003)', () => {
  let server: AuthServer;
  let count = 0;
  beforeAll(async () => {
    server = await startAuthServer();
  });
  afterAll(() => server.stop());

  const newEmail = () => `augusta${(count += 1)}@example.com`;

  async function resetToken(on: AuthServer, email: string): Promise<string> {
    await on.browser().post('/request-password-reset', { email });
    const [mail] = await on.mailsTo(email);
    const token = /#token=([^\s]+)/.exec(mail?.text ?? '')?.[1];
    if (token === undefined) throw new Error('there is no link in the mail');
    return token;
  }

  /** @returns how to set a password on this path for a user named Livia Drusilla, and what is it for */
  async function setter(
    path: (typeof PATHS)[number],
    { on = server, password = PASSWORD } = {},
  ): Promise<{ email: string; browser: Browser; set: (password: string) => Promise<Response> }> {
    const [email, browser] = [newEmail(), on.browser()];
    if (path === '/sign-up/email') {
      const set = (next: string) => browser.signUp(email, next, NAME);
      return { email, browser, set };
    }
    expect((await browser.signUp(email, password, NAME)).status).toBe(200);
    const secret =
      path === '/change-password'
        ? { currentPassword: password }
        : { token: await resetToken(on, email) };
    const set = (newPassword: string) => browser.post(path, { ...secret, newPassword });
    return { email, browser, set };
  }

  describe.each(PATHS)('on %s', (path) => {
    const field = path === '/sign-up/email' ? 'password' : 'newPassword';

    async function refused(answer: Response, missed: string[], sentence: RegExp) {
      expect(answer.status).toBe(400);
      expect(await answer.json()).toMatchObject({
        code: 'PASSWORD_TOO_WEAK',
        missed,
        errors: [{ field, message: expect.stringMatching(sentence) }],
      });
    }

    it('is refused while it misses a rule, says which, and may be corrected', async () => {
      const { email, set } = await setter(path);
      await refused(await set('weak'), ['length', 'upper', 'digit'], /at least 8 characters/);
      await refused(await set('Password1'), ['common'], /Many people use/);
      // In the wide letters of an Asian keyboard.
      await refused(await set('ｐＡＳＳＷＯＲＤ１'), ['common'], /Many people use/);
      await refused(await set('Drusilla-Livia1'), ['personal'], /your name and e-mail/);
      await refused(
        await set(`${email.split('@')[0]}-X9`.replace('a', 'A')),
        ['personal'],
        /e-mail/,
      );
      expect((await set('Another-Horse-8')).status).toBe(200);
      expect((await server.browser().signIn(email, 'Another-Horse-8')).status).toBe(200);
    });
  });

  it('is judged without its owner where the token of a reset is nobody’s: it tells nothing', async () => {
    const answer = await server
      .browser()
      .post('/reset-password', { token: 'guessed', newPassword: 'Drusilla-Livia1' });
    expect(answer.status).toBe(400);
    expect(await answer.json()).toMatchObject({ code: 'INVALID_TOKEN' });
  });

  it('is judged without its owner when the token of a reset was used', async () => {
    const { email } = await setter('/change-password');
    const token = await resetToken(server, email);
    const reset = (newPassword: string) =>
      server.browser().post('/reset-password', { token, newPassword });
    expect((await reset('Another-Horse-8')).status).toBe(200);
    expect(await (await reset('Drusilla-Livia1')).json()).toMatchObject({ code: 'INVALID_TOKEN' });
  });

  it('is one of fifteen characters of any kind with PASSWORD_POLICY=nist, on every path', async () => {
    const nist = await startAuthServer({ PASSWORD_POLICY: 'nist' });
    try {
      for (const path of PATHS) {
        const { set } = await setter(path, { on: nist, password: 'plinth and ochre' });
        const missed = async (password: string) =>
          ((await (await set(password)).json()) as { missed: string[] }).missed;
        expect(await missed('Fourteen-Char1')).toEqual(['length']);
        expect(await missed('livia drusilla livia')).toEqual(['personal']);
        expect(await missed('PasswordPassword')).toEqual(['common']);
        expect((await set('quarry and marble')).status).toBe(200);
      }
    } finally {
      await nist.stop();
    }
  });
});
