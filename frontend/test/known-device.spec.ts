import { type AuthServer, type Browser, PASSWORD, startAuthServer } from './support/auth-server';

const WRONG = 'Wrong-Horse-7';
const DEVICE = 'tessera.device';

describe('a device that signed in before (FR-023)', () => {
  let server: AuthServer;
  beforeAll(async () => {
    server = await startAuthServer({
      AUTH_RATE_LIMIT: 'on',
      SIGN_IN_RATE_LIMIT: '100000',
      SIGN_UP_RATE_LIMIT: '1000',
      AUTH_CAPACITY: '100',
    });
  });
  afterAll(() => server.stop());

  const tryFrom = async (network: string, browser: Browser, email: string, password: string) =>
    (await browser.post('/sign-in/email', { email, password }, { 'x-client-ip': network })).status;

  const owner = async (email: string) => {
    const browser = server.browser();
    expect((await browser.signUp(email)).status).toBe(200);
    await browser.post('/sign-out');
    return browser;
  };

  async function lockAccount(email: string, password = PASSWORD): Promise<void> {
    const strangers = Array.from({ length: 60 }, (_, index) =>
      tryFrom(`198.51.100.${index}`, server.browser(), email, WRONG),
    );
    await Promise.all(strangers);
    expect(await tryFrom('203.0.113.1', server.browser(), email, password)).toBe(429);
  }

  const devicesOf = (email: string) =>
    server.db.knownDevice.findMany({ where: { user: { email } } });

  it('signs its owner in at once while strangers have locked the account, from any network', async () => {
    const email = 'besieged@example.com';
    const browser = await owner(email);
    await lockAccount(email);
    expect(await tryFrom('198.51.100.1', browser, email, PASSWORD)).toBe(200);
  });

  it('lifts the lock of the account by that, so that the owner can sign in elsewhere too', async () => {
    const email = 'relieved@example.com';
    const browser = await owner(email);
    await lockAccount(email);
    await tryFrom('192.0.2.1', browser, email, PASSWORD);
    expect(await tryFrom('192.0.2.2', server.browser(), email, PASSWORD)).toBe(200);
  });

  it('does not lift it by being in a network of which somebody signed in', async () => {
    const email = 'not-relieved@example.com';
    await owner(email);
    const strangers = Array.from({ length: 49 }, (_, index) =>
      tryFrom(`198.51.100.${index}`, server.browser(), email, WRONG),
    );
    await Promise.all(strangers);
    expect(await tryFrom('203.0.113.9', server.browser(), email, PASSWORD)).toBe(200);
    expect(await tryFrom('203.0.113.10', server.browser(), email, WRONG)).toBe(401);
    expect(await tryFrom('203.0.113.11', server.browser(), email, WRONG)).toBe(429);
  });

  it('locks nobody but itself out by its own failures, and is a stranger after five', async () => {
    const email = 'forgetful@example.com';
    const browser = await owner(email);
    for (let attempt = 1; attempt <= 5; attempt += 1) {
      expect(await tryFrom('192.0.2.3', browser, email, WRONG)).toBe(401);
    }
    expect(await server.db.signInBackoff.count({ where: { scope: '192.0.2.3' } })).toBe(0);
    // From here on as anybody.
    for (let attempt = 1; attempt <= 5; attempt += 1) {
      expect(await tryFrom('192.0.2.3', browser, email, WRONG)).toBe(401);
    }
    expect(await tryFrom('192.0.2.3', browser, email, PASSWORD)).toBe(429);
    expect(await devicesOf(email)).toEqual([]);
  });

  it('has no more than five failures, however many guesses race', async () => {
    const email = 'stolen@example.com';
    const browser = await owner(email);
    const guesses = Array.from({ length: 30 }, () => tryFrom('192.0.2.4', browser, email, WRONG));
    const statuses = await Promise.all(guesses);
    // Five of the device, and five of the network in which it then is a stranger.
    expect(statuses.filter((status) => status === 401)).toHaveLength(10);
  });

  it('begins anew with every success', async () => {
    const email = 'clumsy@example.com';
    const browser = await owner(email);
    for (let round = 1; round <= 3; round += 1) {
      for (let attempt = 1; attempt <= 4; attempt += 1) {
        expect(await tryFrom('192.0.2.5', browser, email, WRONG)).toBe(401);
      }
      expect(await tryFrom('192.0.2.5', browser, email, PASSWORD)).toBe(200);
    }
    expect(await devicesOf(email)).toMatchObject([{ failures: 0 }]);
  });

  it('stays known however often the password is changed there', async () => {
    const email = 'careful@example.com';
    const browser = server.browser();
    await browser.signUp(email);
    let current = PASSWORD;
    for (let change = 1; change <= 6; change += 1) {
      const next = `Correct-Horse-${change}x`;
      const body = { currentPassword: current, newPassword: next };
      const answer = await browser.post('/change-password', body, {
        'x-client-ip': `192.0.2.${change}`,
      });
      expect(answer.status).toBe(200);
      current = next;
    }
    expect(await devicesOf(email)).toMatchObject([{ failures: 0 }]);
    await browser.post('/sign-out');
    await lockAccount(email, current);
    expect(await tryFrom('198.51.100.1', browser, email, current)).toBe(200);
  });

  it('is known for the account that signed in, and for no other', async () => {
    const [mine, theirs] = ['attacker@example.com', 'victim@example.com'];
    const browser = await owner(mine);
    await owner(theirs);
    await lockAccount(theirs);
    expect(await tryFrom('192.0.2.6', browser, theirs, PASSWORD)).toBe(429);
    expect(await tryFrom('192.0.2.6', browser, mine, PASSWORD)).toBe(200);
  });

  it('may be of several users, each of whom has an account of their own', async () => {
    const browser = await owner('first@example.com');
    expect((await browser.signUp('second@example.com')).status).toBe(200);
    const [first] = await devicesOf('first@example.com');
    const [second] = await devicesOf('second@example.com');
    expect(second?.deviceHash).toBe(first?.deviceHash);
  });

  it.each([
    ['no cookie', undefined],
    ['a cookie of nobody', 'A'.repeat(43)],
    ['something else in it', "x' OR true --"],
  ])('is not known by %s', async (_, value) => {
    const email = `forged${value?.length ?? 0}@example.com`;
    await owner(email);
    await lockAccount(email);
    const browser = server.browser();
    if (value !== undefined) browser.cookies.set(DEVICE, value);
    expect(await tryFrom('192.0.2.7', browser, email, PASSWORD)).toBe(429);
  });

  it('is told by a cookie of 256 random bits, of which the database has the hash only', async () => {
    const email = 'cookie@example.com';
    const browser = server.browser();
    const line = (await browser.signUp(email)).headers
      .getSetCookie()
      .find((cookie) => cookie.startsWith(DEVICE));
    expect(line).toMatch(/^tessera\.device=[\w-]{43};/);
    for (const attribute of ['HttpOnly', 'SameSite=Lax', 'Path=/', 'Max-Age=31536000']) {
      expect(line).toContain(attribute);
    }
    expect(line).not.toContain('Secure');
    const value = browser.cookies.get(DEVICE);
    expect(JSON.stringify(await devicesOf(email))).not.toContain(value);
  });

  it('keeps its cookie when its user signs out, and gets no other when they are back', async () => {
    const email = 'returning@example.com';
    const browser = await owner(email);
    const value = browser.cookies.get(DEVICE);
    expect(value).toBeDefined();
    await tryFrom('192.0.2.8', browser, email, PASSWORD);
    expect(browser.cookies.get(DEVICE)).toBe(value);
    expect(await devicesOf(email)).toHaveLength(1);
  });

  it('gets no cookie by a wrong password', async () => {
    const email = 'guessed@example.com';
    await owner(email);
    const browser = server.browser();
    await tryFrom('192.0.2.8', browser, email, WRONG);
    expect(browser.cookies.size).toBe(0);
  });

  it('has a cookie that only https carries and only this host sets, where there is https', async () => {
    const secure = await startAuthServer({
      WEB_URL: 'https://app.example.com',
      API_URL: 'https://api.example.com',
      AUTH_RATE_LIMIT: 'on',
    });
    try {
      const answer = await secure
        .browser()
        .post(
          '/sign-up/email',
          { name: 'Livia', email: 'livia@example.com', password: PASSWORD },
          { origin: 'https://app.example.com' },
        );
      const line = answer.headers
        .getSetCookie()
        .find((cookie) => cookie.startsWith(`__Host-${DEVICE}=`));
      expect(line).toContain('Secure');
      expect(line).not.toContain('Domain');
    } finally {
      await secure.stop();
    }
  });
});
