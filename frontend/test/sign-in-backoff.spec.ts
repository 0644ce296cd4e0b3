import { letTimePass } from './support/backoff-clock';
import { type AuthServer, type Browser, PASSWORD, startAuthServer } from './support/auth-server';

const WRONG = 'Wrong-Horse-7';
const DAY = 86_400;

describe('the backoff of an account (FR-023)', () => {
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

  const tryFrom = (
    network: string,
    email: string,
    password = WRONG,
    browser: Browser = server.browser(),
  ) => browser.post('/sign-in/email', { email, password }, { 'x-client-ip': network });

  async function fail(times: number, network: string, email: string): Promise<void> {
    for (let time = 1; time <= times; time += 1) {
      expect((await tryFrom(network, email)).status).toBe(401);
    }
  }

  async function lockOf(network: string, email: string): Promise<number> {
    const answer = await tryFrom(network, email, PASSWORD);
    expect(answer.status).toBe(429);
    expect(await answer.json()).toMatchObject({ code: 'TOO_MANY_REQUESTS' });
    return Number(answer.headers.get('retry-after'));
  }

  const owner = async (email: string) => {
    const browser = server.browser();
    expect((await browser.signUp(email)).status).toBe(200);
    return browser;
  };

  it('begins after five failures and doubles from 30 s to 15 min, also against the right password', async () => {
    const [network, email] = ['192.0.2.1', 'doubles@example.com'];
    await owner(email);
    await fail(5, network, email);
    for (const seconds of [30, 60, 120, 240, 480, 900, 900]) {
      const lock = await lockOf(network, email);
      expect(lock).toBeGreaterThan(seconds - 10);
      expect(lock).toBeLessThanOrEqual(seconds);
      await letTimePass(server.db, seconds);
      await fail(1, network, email);
    }
  });

  it('is the same for an e-mail that nobody has', async () => {
    const [network, email] = ['192.0.2.2', 'nobody@example.com'];
    await fail(5, network, email);
    expect(await lockOf(network, email)).toBeGreaterThan(20);
    expect(JSON.stringify(await server.db.signInBackoff.findMany())).not.toContain('nobody');
  });

  it('is one for all spellings of an e-mail', async () => {
    const [network, email] = ['192.0.2.3', 'spelt@example.com'];
    for (const spelling of [email, 'Spelt@Example.com', ` ${email}`, `${email}\n`, email]) {
      expect((await tryFrom(network, spelling)).status).toBe(401);
    }
    await lockOf(network, email);
  });

  it('lets no more than the free failures through, however many guesses race', async () => {
    for (const email of ['race@example.com', 'race-of-nobody@example.com']) {
      if (email.startsWith('race@')) await owner(email);
      const answers = await Promise.all(
        Array.from({ length: 100 }, () => tryFrom('192.0.2.4', email)),
      );
      const count = (status: number) => answers.filter((one) => one.status === status).length;
      expect([count(401), count(429)]).toEqual([5, 95]);
    }
  });

  it('is neither prolonged nor raised by attempts that it refuses', async () => {
    const [network, email] = ['192.0.2.5', 'refused@example.com'];
    await fail(5, network, email);
    const before = await server.db.signInBackoff.findMany({ orderBy: { scope: 'asc' } });
    for (let attempt = 1; attempt <= 5; attempt += 1) await lockOf(network, email);
    expect(await server.db.signInBackoff.findMany({ orderBy: { scope: 'asc' } })).toEqual(before);
  });

  it('holds for one network: an IPv4 address, or 64 bits of an IPv6 address', async () => {
    const email = 'networks@example.com';
    await owner(email);
    await fail(5, '2001:db8:1:2::1', email);
    await lockOf('2001:db8:1:2:ffff:ffff:ffff:ffff', email);
    expect((await tryFrom('2001:db8:1:3::1', email, PASSWORD)).status).toBe(200);
    expect((await tryFrom('192.0.2.6', email, PASSWORD)).status).toBe(200);
  });

  it('does not stumble over an e-mail that no database can hold', async () => {
    for (const email of ['nul\0@example.com', '\ud800@example.com', `${'x'.repeat(5000)}@a.com`]) {
      expect([400, 401]).toContain((await tryFrom('192.0.2.12', email)).status);
    }
  });

  it('is of one account: another one can be signed in to from the same network', async () => {
    await owner('other@example.com');
    await fail(5, '192.0.2.7', 'one@example.com');
    expect((await tryFrom('192.0.2.7', 'other@example.com', PASSWORD)).status).toBe(200);
  });

  it('is lifted by a success', async () => {
    const [network, email] = ['192.0.2.8', 'lifted@example.com'];
    await owner(email);
    await fail(4, network, email);
    expect((await tryFrom(network, email, PASSWORD)).status).toBe(200);
    await fail(5, network, email);
    await lockOf(network, email);
  });

  it('begins anew a day after the first failure', async () => {
    const [network, email] = ['192.0.2.9', 'tomorrow@example.com'];
    await fail(4, network, email);
    await letTimePass(server.db, DAY);
    await fail(5, network, email);
    expect(await lockOf(network, email)).toBeGreaterThan(0);
  });

  it('locks out all networks after fifty failures of a day, and not one before', async () => {
    const email = 'everywhere@example.com';
    await owner(email);
    for (let network = 1; network <= 49; network += 1) {
      await fail(1, `198.51.100.${network}`, email);
    }
    expect((await tryFrom('203.0.113.1', email, PASSWORD)).status).toBe(200);
    await fail(1, '203.0.113.2', email);
    const lock = await lockOf('203.0.113.3', email);
    expect(lock).toBeGreaterThan(20);
    expect(lock).toBeLessThanOrEqual(30);
    // What the account's lock refused does not count against the network either.
    await letTimePass(server.db, 30);
    await fail(1, '203.0.113.3', email);
    expect(await lockOf('203.0.113.4', email)).toBeGreaterThan(30);
    const ofNetwork = await server.db.signInBackoff.findMany({ where: { scope: '203.0.113.3' } });
    expect(ofNetwork).toMatchObject([{ failures: 1 }]);
  });

  it('lets no more than fifty through from fifty networks that race', async () => {
    const email = 'botnet@example.com';
    const answers = await Promise.all(
      Array.from({ length: 20 }, (_, index) =>
        Promise.all(
          Array.from({ length: 4 }, () => tryFrom(`2001:db8:b:${index.toString(16)}::1`, email)),
        ),
      ),
    );
    const count = (status: number) => answers.flat().filter((one) => one.status === status).length;
    expect([count(401), count(429)]).toEqual([50, 30]);
    // Those that the account's lock refused do not stay counted against their networks.
    const where = { scope: { startsWith: '2001:db8:b:' } };
    const { _sum } = await server.db.signInBackoff.aggregate({ where, _sum: { failures: true } });
    expect(_sum.failures).toBe(50);
  });

  it('makes nobody wait for each other crosswise, whatever races', async () => {
    const email = 'crosswise@example.com';
    await owner(email);
    const attempts = Array.from({ length: 40 }, (_, index) =>
      tryFrom(`198.51.100.${index % 20}`, email, index % 2 === 0 ? PASSWORD : WRONG),
    );
    const statuses = (await Promise.all(attempts)).map(({ status }) => status);
    expect([...new Set(statuses)].toSorted((a, b) => a - b)).toEqual([200, 401]);
    // Twenty networks, of which one half was always right.
    const account = await server.db.signInBackoff.findMany({ where: { scope: '*' } });
    expect(account.map(({ failures }) => failures)).toContain(20);
  });

  it('counts the wrong current passwords of a change of password like any other', async () => {
    const email = 'change@example.com';
    const browser = await owner(email);
    // A thief of the session, in a browser that was never signed in itself.
    browser.cookies.delete('tessera.device');
    const from = { 'x-client-ip': '192.0.2.10' };
    const change = (currentPassword: string) =>
      browser.post('/change-password', { currentPassword, newPassword: 'Another-Horse-8' }, from);
    for (let attempt = 1; attempt <= 5; attempt += 1) {
      expect((await change(WRONG)).status).toBe(400);
    }
    expect((await change(PASSWORD)).status).toBe(429);
    await lockOf('192.0.2.10', email);
  });

  it('is lifted by a completed password reset, in all networks and for strangers too', async () => {
    const email = 'reset@example.com';
    const browser = await owner(email);
    const strangers = Array.from({ length: 55 }, (_, index) =>
      tryFrom(`198.51.100.${index}`, email),
    );
    await Promise.all(strangers);
    await lockOf('203.0.113.5', email);
    await browser.post('/request-password-reset', { email });
    const [mail] = await server.mailsTo(email);
    const token = /#token=(\S+)/.exec(mail?.text ?? '')?.[1];
    const newPassword = 'Another-Horse-8';
    const reset = await server.browser().post('/reset-password', { token, newPassword });
    expect(reset.status).toBe(200);
    expect((await tryFrom('198.51.100.1', email, newPassword)).status).toBe(200);
    // Whoever asks for a reset may have lost a device, too.
    expect(await server.db.knownDevice.count({ where: { user: { email } } })).toBe(1);
  });

  it('does not count the right password of an account that may not sign in yet', async () => {
    const strict = await startAuthServer({
      AUTH_RATE_LIMIT: 'on',
      REQUIRE_EMAIL_VERIFICATION: 'on',
    });
    try {
      await strict.browser().signUp('unverified@example.com');
      for (let attempt = 1; attempt <= 7; attempt += 1) {
        const answer = await strict.browser().signIn('unverified@example.com');
        expect(await answer.json()).toMatchObject({ code: 'EMAIL_NOT_VERIFIED' });
      }
    } finally {
      await strict.stop();
    }
  });

  it('does not count an attempt that an outage cut short', async () => {
    const [network, email] = ['192.0.2.11', 'outage@example.com'];
    const other = await startAuthServer({ AUTH_RATE_LIMIT: 'on', SIGN_IN_RATE_LIMIT: '1000' });
    try {
      await other.browser().signUp(email);
      // As a disk that is full: the sign-in is counted, its session cannot be written.
      await other.asOwner(`CREATE FUNCTION no_room() RETURNS trigger LANGUAGE plpgsql AS
        $$ BEGIN RAISE EXCEPTION 'no room' USING ERRCODE = '53100'; END $$`);
      await other.asOwner(`CREATE TRIGGER no_room BEFORE INSERT ON "session"
        FOR EACH ROW EXECUTE FUNCTION no_room()`);
      const signIn = () =>
        other
          .browser()
          .post('/sign-in/email', { email, password: PASSWORD }, { 'x-client-ip': network });
      for (let attempt = 1; attempt <= 7; attempt += 1) expect((await signIn()).status).toBe(503);
      await other.asOwner('DROP TRIGGER no_room ON "session"');
      expect((await signIn()).status).toBe(200);
    } finally {
      await other.stop();
    }
  });

  it('refuses nobody while AUTH_RATE_LIMIT is off', async () => {
    const free = await startAuthServer({ AUTH_RATE_LIMIT: 'off' });
    try {
      for (let attempt = 1; attempt <= 7; attempt += 1) {
        expect((await free.browser().signIn('free@example.com', WRONG)).status).toBe(401);
      }
    } finally {
      await free.stop();
    }
  });
});
