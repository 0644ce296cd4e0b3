import { type AuthServer, type Browser, PASSWORD, startAuthServer } from './support/auth-server';
import { replaceSession } from './support/session-row';

const FIREFOX = 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0';
const PHONE =
  'Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.5 Mobile/15E148 Safari/604.1';

interface Item {
  id: string;
  isCurrent: boolean;
  device: unknown;
  ipAddress: string | null;
  lastActiveAt: string;
}

async function list(browser: Browser): Promise<Item[]> {
  const answer = await browser.get('/sessions');
  expect(answer.status).toBe(200);
  const body: { sessions: Item[] } = await answer.json();
  return body.sessions;
}

async function currentId(browser: Browser): Promise<string> {
  const current = (await list(browser)).find((item) => item.isCurrent);
  if (current === undefined) throw new Error('No session is the current one');
  return current.id;
}

const canGoOn = async (browser: Browser) => (await browser.get('/token')).status === 200;

describe("one's own sessions", () => {
  let server: AuthServer;
  let here: Browser;
  let there: Browser;
  let stranger: Browser;
  const email = 'devices@example.com';
  beforeEach(async () => {
    server = await startAuthServer();
    [here, there, stranger] = [server.browser(), server.browser(), server.browser()];
    await here.signUp(email);
    const agent = { 'user-agent': PHONE, 'x-client-ip': '2001:db8::7' };
    await there.post('/sign-in/email', { email, password: PASSWORD }, agent);
    await stranger.signUp('stranger@example.com');
  });
  afterEach(() => server.stop());

  it('are listed with device, address and times, and say which is this one', async () => {
    const sessions = await list(there);
    expect(sessions).toHaveLength(2);
    expect(sessions.find((item) => item.isCurrent)).toEqual({
      id: expect.any(String),
      isCurrent: true,
      device: { browser: 'Safari', system: 'iOS', kind: 'phone' },
      ipAddress: '2001:db8::7',
      createdAt: expect.stringMatching(/Z$/),
      lastActiveAt: expect.stringMatching(/Z$/),
      expiresAt: expect.stringMatching(/Z$/),
    });
    const nameless = { browser: null, system: null, kind: null };
    expect(sessions.find((item) => !item.isCurrent)).toMatchObject({ device: nameless });
  });

  it('never come with a token, in whatever member (FR-013)', async () => {
    const text = await (await here.get('/sessions')).text();
    const rows = await server.db.session.findMany();
    expect(rows).toHaveLength(3);
    for (const { token } of rows) expect(text).not.toContain(token);
  });

  it('leave out what has expired', async () => {
    await server.db.session.create({
      data: {
        ...(await server.db.session.findFirstOrThrow({ where: { user: { email } } })),
        id: 'expired',
        token: 'expired',
        expiresAt: new Date(Date.now() - 1000),
      },
    });
    expect(await list(here)).toHaveLength(2);
  });

  it.each(['/sessions'])('are refused without a session: GET %s', async (path) => {
    const answer = await server.browser().get(path);
    expect(answer.status).toBe(401);
    expect(await answer.json()).toMatchObject({ code: 'NO_SESSION' });
  });

  it.each(['/sessions/end', '/sessions/end-others'])(
    'are refused without a session: POST %s',
    async (path) => {
      const answer = await server.browser().post(path, { id: await currentId(here) });
      expect(answer.status).toBe(401);
      expect(await canGoOn(here)).toBe(true);
    },
  );

  it('end one by one, each revoking its own tokens only (spec: several devices)', async () => {
    const id = await currentId(there);
    const answer = await here.post('/sessions/end', { id });
    expect(answer.status).toBe(200);
    expect(await answer.json()).toEqual({});
    expect(await canGoOn(there)).toBe(false);
    expect(await canGoOn(here)).toBe(true);
    expect((await here.post('/sessions/end', { id })).status).toBe(404);
  });

  it('end only for their own user: an id of somebody else is not found (SC-005)', async () => {
    const answer = await stranger.post('/sessions/end', { id: await currentId(here) });
    expect(answer.status).toBe(404);
    expect(await answer.json()).toMatchObject({ code: 'SESSION_NOT_FOUND' });
    expect(await canGoOn(here)).toBe(true);
  });

  it('are not ended by what the token of a session is', async () => {
    const { token } = await server.db.session.findFirstOrThrow({ where: { user: { email } } });
    expect((await here.post('/sessions/end', { id: token })).status).toBe(404);
  });

  it('end with this one, too, which then has no cookie', async () => {
    const answer = await here.post('/sessions/end', { id: await currentId(here) });
    expect(answer.status).toBe(200);
    expect(here.cookies.has('tessera.session_token')).toBe(false);
    expect(await canGoOn(there)).toBe(true);
  });

  it('end all but this one, and nobody else’s', async () => {
    const answer = await here.post('/sessions/end-others');
    expect(await answer.json()).toEqual({ ended: 1 });
    expect(await canGoOn(here)).toBe(true);
    expect(await canGoOn(there)).toBe(false);
    expect(await canGoOn(stranger)).toBe(true);
  });

  it.each(['a\u0000b', '', 7, { not: '' }])('refuse %p for an id', async (id) => {
    expect((await here.post('/sessions/end', { id })).status).toBe(400);
  });

  it('note when they were last used, every few minutes, and live no longer for it', async () => {
    await server.db.session.deleteMany({ where: { id: await currentId(there) } });
    const longAgo = new Date(Date.now() - 6 * 60_000);
    const lately = new Date(Date.now() - 4 * 60_000);
    const noted = async (updatedAt: Date) => {
      const id = await replaceSession(server.db, email, { updatedAt });
      const before = await server.db.session.findUniqueOrThrow({ where: { id } });
      await here.get('/token');
      const after = await server.db.session.findUniqueOrThrow({ where: { id } });
      expect(after.expiresAt).toEqual(before.expiresAt);
      return after.updatedAt.getTime() > before.updatedAt.getTime();
    };
    expect(await noted(longAgo)).toBe(true);
    expect(await noted(lately)).toBe(false);
  });
});

it('a sign-in names the device by its user agent', async () => {
  const server = await startAuthServer();
  try {
    const browser = server.browser();
    const body = { name: 'Livia', email: 'named@example.com', password: PASSWORD };
    await browser.post('/sign-up/email', body, { 'user-agent': FIREFOX });
    const [session] = await list(browser);
    expect(session?.device).toEqual({ browser: 'Firefox', system: 'Linux', kind: 'desktop' });
  } finally {
    await server.stop();
  }
});
