import { createSessionRepository } from '@/lib/auth/session.repository';
import { type AuthServer, type Browser, PASSWORD, startAuthServer } from './support/auth-server';
import { replaceSession } from './support/session-row';

const DAY = 86_400_000;
const email = 'regular@example.com';

describe('a session', () => {
  let server: AuthServer;
  let browser: Browser;
  beforeEach(async () => {
    server = await startAuthServer({ SESSION_IDLE_LIFE: '7d', SESSION_ABSOLUTE_LIFE: '30d' });
    browser = server.browser();
    await browser.signUp(email);
  });
  afterEach(() => server.stop());

  const session = () => server.db.session.findFirstOrThrow({ where: { user: { email } } });

  it('of somebody who comes every day lives on past its idle life, until the absolute one (SC-010)', async () => {
    let day = 0;
    for (; day < 40; day += 1) {
      // The same session, a day older in every respect.
      const { createdAt, updatedAt, expiresAt } = await session();
      await replaceSession(server.db, email, {
        createdAt: new Date(createdAt.getTime() - DAY),
        updatedAt: new Date(updatedAt.getTime() - DAY),
        expiresAt: new Date(expiresAt.getTime() - DAY),
      });
      await browser.get('/get-session');
      if ((await browser.get('/token')).status !== 200) break;
    }
    expect(day + 1).toBe(30);
  });

  it('of somebody who does not come ends after its idle life', async () => {
    const { expiresAt } = await session();
    expect(Math.round((expiresAt.getTime() - Date.now()) / DAY)).toBe(7);
  });

  it('is not ended by tabs that extend it at the same time', async () => {
    const id = await replaceSession(server.db, email, {
      expiresAt: new Date(Date.now() + 5 * DAY),
    });
    await Promise.all(Array.from({ length: 10 }, () => browser.get('/get-session')));
    expect((await session()).id).toBe(id);
    expect((await browser.get('/token')).status).toBe(200);
  });

  it('is not cut short by the tab that asked first and writes last', async () => {
    const { id, expiresAt } = await session();
    const repository = createSessionRepository(server.db);
    await repository.extend(id, new Date(expiresAt.getTime() + 2));
    await repository.extend(id, new Date(expiresAt.getTime() + 1));
    expect((await session()).expiresAt.getTime()).toBe(expiresAt.getTime() + 2);
    const { token } = await session();
    expect(token).toBe(browser.cookies.get('tessera.session_token')?.split('.')[0]);
  });

  it('goes on when the sign-in over it fails half way, and no second one is left behind', async () => {
    const before = await session();
    await server.asOwner('ALTER TABLE "known_device" RENAME TO "hidden"');
    const answer = await browser.signIn(email);
    await server.asOwner('ALTER TABLE "hidden" RENAME TO "known_device"');
    expect(answer.status).toBe(500);
    expect(answer.headers.getSetCookie()).toEqual([]);
    expect(await server.db.session.findMany()).toEqual([before]);
  });

  it('of a new device is told to the owner by mail, and one of a known device is not', async () => {
    const signIn = (from: Browser) =>
      from.post(
        '/sign-in/email',
        { email, password: PASSWORD },
        { 'user-agent': 'Gecko Firefox/140.0 (Windows NT 10.0)', 'x-client-ip': '203.0.113.7' },
      );
    await signIn(browser);
    expect(await server.mailsTo(email)).toEqual([]);
    const elsewhere = server.browser();
    await signIn(elsewhere);
    const [mail, ...more] = await server.mailsTo(email);
    expect(more).toEqual([]);
    expect(mail?.subject).toBe('Sign-in from a new device');
    expect(mail?.text).toContain('Device: Firefox on Windows\nAddress: 203.0.113.7');
    await signIn(elsewhere);
    expect(await server.mailsTo(email)).toHaveLength(1);
  });
});
