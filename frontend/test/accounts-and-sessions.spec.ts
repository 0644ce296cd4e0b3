import { type AuthServer, type Browser, PASSWORD, startAuthServer } from './support/auth-server';

const SESSION_COOKIE = 'tessera.session_token';

describe('accounts and sessions', () => {
  let server: AuthServer;
  beforeAll(async () => {
    server = await startAuthServer();
  });
  afterAll(() => server.stop());

  describe('sign-up', () => {
    it('opens a session with the account, so that no second sign-in is needed (US1, FR-009)', async () => {
      const browser = server.browser();
      const answer = await browser.signUp('first@example.com');
      expect(answer.status).toBe(200);
      expect(answer.headers.get('cache-control')).toBe('no-store');
      expect((await browser.get('/token')).status).toBe(200);
    });

    it('stores the e-mail trimmed and in lower case, and the name trimmed (FR-002)', async () => {
      await server.browser().signUp('  Second@Example.COM ', PASSWORD, '  Gaius ');
      const user = await server.db.user.findUnique({ where: { email: 'second@example.com' } });
      expect(user?.name).toBe('Gaius');
    });

    it('stores the password only as an argon2id hash with the parameters of OWASP (FR-005)', async () => {
      await server.browser().signUp('hashed@example.com');
      const account = await server.db.account.findFirstOrThrow({
        where: { user: { email: 'hashed@example.com' } },
      });
      expect(account.password).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
    });

    it('answers a used e-mail, in any case, with 422 and a sentence, and makes no account (US1, FR-004)', async () => {
      await server.browser().signUp('used@example.com');
      const answer = await server.browser().signUp('USED@example.com');
      expect(answer.status).toBe(422);
      expect(await answer.json()).toEqual({
        code: 'EMAIL_ALREADY_USED',
        message: expect.stringContaining('already an account'),
      });
      expect(answer.headers.getSetCookie()).toEqual([]);
      expect(await server.db.user.count({ where: { email: 'used@example.com' } })).toBe(1);
    });

    it('makes one account when sign-ups for one e-mail race, and tells the others the same as ever (FR-004)', async () => {
      const answers = await Promise.all(
        Array.from({ length: 4 }, () => server.browser().signUp('race@example.com')),
      );
      expect(answers.map((answer) => answer.status).sort((a, b) => a - b)).toEqual([
        200, 422, 422, 422,
      ]);
      const loser = answers.find((answer) => answer.status === 422);
      expect(await loser?.json()).toMatchObject({ code: 'EMAIL_ALREADY_USED' });
      expect(await server.db.user.count({ where: { email: 'race@example.com' } })).toBe(1);
      expect(
        await server.db.account.count({ where: { user: { email: 'race@example.com' } } }),
      ).toBe(1);
    });

    it.each([
      ['Ab1', ['length']],
      ['alllower1', ['upper']],
      ['ALLUPPER1', ['lower']],
      ['NoDigitsHere', ['digit']],
      ['short', ['length', 'upper', 'digit']],
      [`Aa1${'x'.repeat(126)}`, ['maximum']],
    ])(
      'refuses the password %s and lists every rule it misses (US1, FR-003)',
      async (password, missed) => {
        const answer = await server.browser().signUp('weak@example.com', password);
        expect(answer.status).toBe(400);
        expect(await answer.json()).toMatchObject({
          code: 'PASSWORD_TOO_WEAK',
          missed,
          errors: [{ field: 'password' }],
        });
        expect(await server.db.user.count({ where: { email: 'weak@example.com' } })).toBe(0);
      },
    );

    it('refuses a missing name and a malformed e-mail beside their fields (FR-001, FR-002)', async () => {
      const noName = await server.browser().signUp('noname@example.com', PASSWORD, '   ');
      expect(noName.status).toBe(400);
      expect(await noName.json()).toMatchObject({ errors: [{ field: 'name' }] });
      const noEmail = await server.browser().signUp('not an address');
      expect(noEmail.status).toBe(400);
      const nul = await server.browser().signUp('nul@example.com', PASSWORD, 'a\u0000b');
      expect(nul.status).toBe(400);
    });

    it('drops what the form does not have, so that nobody verifies an e-mail by saying so', async () => {
      const body = { name: 'Nero', email: 'extra@example.com', password: PASSWORD };
      const image = 'https://elsewhere.example/pixel.png';
      const browser = server.browser();
      const answer = await browser.post('/sign-up/email', { ...body, image, emailVerified: true });
      expect(answer.status).toBe(200);
      const user = await server.db.user.findUniqueOrThrow({ where: { email: body.email } });
      expect(user).toMatchObject({ image: null, emailVerified: false });
    });
  });

  describe('sign-in', () => {
    beforeAll(() => server.browser().signUp('known@example.com'));

    it('opens a session for the right password, whatever the case of the e-mail (US2, FR-002, FR-006)', async () => {
      const browser = server.browser();
      expect((await browser.signIn(' KNOWN@example.com ')).status).toBe(200);
      expect((await browser.get('/token')).status).toBe(200);
    });

    it('takes a password in another Unicode spelling for the same one', async () => {
      await server.browser().signUp('unicode@example.com', 'Pr\u00eatre-2026');
      expect(
        (await server.browser().signIn('unicode@example.com', 'Pre\u0302tre-2026')).status,
      ).toBe(200);
    });

    it('answers a wrong password and an unknown e-mail with one identical refusal (US2, FR-007)', async () => {
      const wrong = await server.browser().signIn('known@example.com', 'Wrong-Horse-7');
      const unknown = await server.browser().signIn('nobody@example.com', 'Wrong-Horse-7');
      expect(wrong.status).toBe(401);
      expect(unknown.status).toBe(401);
      expect(await wrong.text()).toBe(await unknown.text());
      expect([...wrong.headers]).toEqual([...unknown.headers]);
    });

    it('keeps the session in an HttpOnly, SameSite=Lax cookie of its own prefix (FR-013)', async () => {
      const answer = await server.browser().signIn('known@example.com');
      const cookies = answer.headers.getSetCookie();
      const [cookie, ...more] = cookies.filter((line) => !line.startsWith('tessera.device='));
      expect(more).toEqual([]);
      expect(cookie).toMatch(/^tessera\.session_token=/);
      expect(cookie?.split('; ')).toEqual(
        expect.arrayContaining(['HttpOnly', 'SameSite=Lax', 'Path=/', `Max-Age=${7 * 86_400}`]),
      );
      expect(cookie).not.toContain('Domain');
      // On plain http a browser would not keep it.
      expect(cookie).not.toContain('Secure');
    });

    it('ends the session that it replaces (spec: signing in over a live session)', async () => {
      const browser = server.browser();
      await browser.signIn('known@example.com');
      const before = await sessionIdOf(browser);
      await browser.signIn('known@example.com');
      const after = await sessionIdOf(browser);
      expect(after).not.toBe(before);
      expect(await server.db.session.count({ where: { id: before } })).toBe(0);
      expect(await server.db.session.count({ where: { id: after } })).toBe(1);
    });

    it('ends the session that a sign-up replaces, too', async () => {
      const browser = server.browser();
      await browser.signIn('known@example.com');
      const before = await sessionIdOf(browser);
      expect((await browser.signUp('second-self@example.com')).status).toBe(200);
      expect(await sessionIdOf(browser)).not.toBe(before);
      expect(await server.db.session.count({ where: { id: before } })).toBe(0);
    });

    it('leaves the live session alone when the sign-in over it fails', async () => {
      const browser = server.browser();
      await browser.signIn('known@example.com');
      await browser.signIn('known@example.com', 'Wrong-Horse-7');
      expect((await browser.get('/token')).status).toBe(200);
    });
  });

  it('keeps the notes of the operator to itself', async () => {
    const browser = server.browser();
    const signedUp = await browser.signUp('noted@example.com');
    const session = await browser.get('/get-session');
    for (const answer of [signedUp, session, await browser.signIn('noted@example.com')]) {
      const text = await answer.text();
      expect(text).toContain('noted@example.com');
      expect(text).not.toMatch(/role|ban|impersonated/i);
    }
  });

  it('never puts a session token into a body (FR-013)', async () => {
    const browser = server.browser();
    const change = { currentPassword: PASSWORD, newPassword: 'Another-Horse-8' };
    const steps = [
      () => browser.signUp('bodies@example.com'),
      () => browser.signIn('bodies@example.com'),
      () => browser.get('/get-session'),
      () => browser.post('/change-password', change),
      () => browser.post('/sign-out'),
    ];
    for (const step of steps) {
      const before = sessionTokenOf(browser);
      const answer = await step();
      expect(answer.status).toBe(200);
      const body = await answer.text();
      expect(body).not.toContain('"token"');
      const tokens = [before, sessionTokenOf(browser)].filter((token) => token !== undefined);
      for (const token of tokens) expect(body).not.toContain(token);
    }
  });

  describe('sign-out', () => {
    it('deletes the session and the cookie, after which there is no token (US4, FR-008)', async () => {
      const browser = server.browser();
      await browser.signUp('leaver@example.com');
      const id = await sessionIdOf(browser);
      const stolen = browser.cookies.get(SESSION_COOKIE) ?? '';
      expect((await browser.post('/sign-out')).status).toBe(200);
      expect(browser.cookies.has(SESSION_COOKIE)).toBe(false);
      expect(await server.db.session.count({ where: { id } })).toBe(0);
      const replay = await server
        .browser()
        .get('/token', { cookie: `${SESSION_COOKIE}=${stolen}` });
      expect(replay.status).toBe(401);
    });
  });

  it('answers a sign-out that the database refuses with 503, and keeps the cookie of the live session', async () => {
    const browser = server.browser();
    await browser.signUp('stuck@example.com');
    await server.asOwner('REVOKE DELETE ON "session" FROM tessera_web');
    try {
      const answer = await browser.post('/sign-out');
      expect(answer.status).toBe(503);
      expect(answer.headers.getSetCookie()).toEqual([]);
      expect((await browser.get('/token')).status).toBe(200);
    } finally {
      await server.asOwner('GRANT DELETE ON "session" TO tessera_web');
    }
    expect((await browser.post('/sign-out')).status).toBe(200);
  });

  describe('change-password', () => {
    it('applies the password rules (FR-003)', async () => {
      const browser = server.browser();
      await browser.signUp('changer@example.com');
      const answer = await browser.post('/change-password', {
        currentPassword: PASSWORD,
        newPassword: 'weak',
      });
      expect(answer.status).toBe(400);
      expect(await answer.json()).toMatchObject({ missed: ['length', 'upper', 'digit'] });
      expect((await server.browser().signIn('changer@example.com')).status).toBe(200);
    });

    it('ends every other session, also when the caller asks to keep them', async () => {
      const here = server.browser();
      const there = server.browser();
      await here.signUp('devices@example.com');
      await there.signIn('devices@example.com');
      const answer = await here.post('/change-password', {
        currentPassword: PASSWORD,
        newPassword: 'Another-Horse-8',
        revokeOtherSessions: false,
      });
      expect(answer.status).toBe(200);
      expect((await here.get('/token')).status).toBe(200);
      expect((await there.get('/token')).status).toBe(401);
    });
  });
});

/** The cookie is the token, a dot, and a signature. */
function sessionTokenOf(browser: Browser): string | undefined {
  return browser.cookies.get(SESSION_COOKIE)?.split('.')[0];
}

async function sessionIdOf(browser: Browser): Promise<string> {
  const body: { session: { id: string } } = await (await browser.get('/get-session')).json();
  return body.session.id;
}
