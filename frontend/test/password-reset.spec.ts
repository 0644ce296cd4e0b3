import { decodeJwt } from 'jose';
import { type AuthServer, type Browser, PASSWORD, startAuthServer } from './support/auth-server';
import { holdTransaction } from './support/held-transaction';

const NEW = 'Another-Horse-8';
const email = 'forgetful@example.com';

describe('a forgotten password', () => {
  let server: AuthServer;
  let owner: Browser;
  const ask = (address = email) =>
    server.browser().post('/request-password-reset', { email: address });
  const reset = (token: string | undefined, newPassword = NEW) =>
    server.browser().post('/reset-password', { token, newPassword });
  /** From the newest mail. */
  async function linkToken(): Promise<string> {
    const [mail] = await server.mailsTo(email);
    const token = /\/reset-password#token=(\w+)$/m.exec(mail?.text ?? '')?.[1];
    if (token === undefined) throw new Error('There is no link in the newest mail');
    return token;
  }

  beforeEach(async () => {
    server = await startAuthServer();
    owner = server.browser();
    await owner.signUp(email);
  });
  afterEach(() => server.stop());

  it('is replaced by a link in a mail, which ends every session (spec: password reset)', async () => {
    expect((await ask()).status).toBe(200);
    const answer = await reset(await linkToken());
    expect(answer.status).toBe(200);
    expect(await answer.json()).toEqual({});
    expect(answer.headers.getSetCookie()).toEqual([]);
    expect((await owner.get('/token')).status).toBe(401);
    expect((await server.browser().signIn(email)).status).toBe(401);
    expect((await server.browser().signIn(email, NEW)).status).toBe(200);
  });

  it('is told to the owner once it was replaced, without any link that does something', async () => {
    await ask();
    await reset(await linkToken());
    const [mail] = await server.mailsTo(email);
    expect(mail?.subject).toBe('Your password was replaced');
    expect(mail?.text).not.toContain('token');
  });

  it('has one answer for an address with an account and for one without (FR-007)', async () => {
    const [known, unknown] = [await ask(), await ask('nobody@example.com')];
    expect(known.status).toBe(200);
    expect(await known.text()).toBe('{}');
    expect(unknown.status).toBe(200);
    expect(await unknown.text()).toBe('{}');
    expect([...known.headers]).toEqual([...unknown.headers]);
    expect(await server.mailsTo(email)).toHaveLength(1);
    expect(await server.mailsTo('nobody@example.com')).toEqual([]);
  });

  it('is replaced once per link: used, unknown and made-up ones are refused alike', async () => {
    await ask();
    const token = await linkToken();
    await reset(token);
    const refusals = [
      await reset(token, 'Third-Horse-9'),
      await reset('x'.repeat(32)),
      await reset('a\u0000b'),
      await reset(undefined),
      await reset(''),
    ];
    const bodies = new Set<string>();
    for (const refusal of refusals) {
      expect(refusal.status).toBe(400);
      bodies.add(await refusal.text());
    }
    expect([...bodies]).toEqual([expect.stringContaining('"INVALID_TOKEN"')]);
    expect((await server.browser().signIn(email, NEW)).status).toBe(200);
  });

  it('is replaced by one of two that use a link at the same time', async () => {
    await ask();
    const token = await linkToken();
    const answers = await Promise.all([reset(token, NEW), reset(token, 'Third-Horse-9')]);
    expect(new Set(answers.map((answer) => answer.status))).toEqual(new Set([200, 400]));
  });

  it('has one link that works, however many are asked for at the same time', async () => {
    await Promise.all(Array.from({ length: 6 }, () => ask()));
    const mails = await server.mailsTo(email);
    expect(mails.length).toBeGreaterThan(0);
    expect(await server.db.verification.count()).toBe(1);
    const statuses = [];
    for (const { text } of mails) {
      statuses.push((await reset(/#token=(\w+)$/m.exec(text)?.[1])).status);
    }
    expect(statuses.filter((status) => status === 200)).toHaveLength(1);
  });

  it('is answered by the one mail when another link was made at that very moment', async () => {
    const stderr = jest.spyOn(process.stderr, 'write').mockReturnValue(true);
    const another = `INSERT INTO verification (id, identifier, value, "expiresAt")
      SELECT 'another', 'another', id, now() + interval '30 minutes' FROM "user"`;
    await holdTransaction(server.ownerUrl, another, async (blocked) => {
      expect((await ask()).status).toBe(200);
      await blocked();
    });
    expect(await server.mailsTo(email)).toEqual([]);
    expect(stderr.mock.calls).toEqual([]);
    stderr.mockRestore();
    expect(await server.db.verification.findMany()).toMatchObject([{ id: 'another' }]);
  });

  it('leaves no link that was asked for while another one was used', async () => {
    await ask();
    const token = await linkToken();
    await server.asOwner(`
      CREATE FUNCTION ask_meanwhile() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
        INSERT INTO verification (id, identifier, value, "expiresAt")
          VALUES ('late', 'late', OLD.value, now() + interval '30 minutes');
        RETURN NULL;
      END $$`);
    await server.asOwner(`
      CREATE TRIGGER ask_meanwhile AFTER DELETE ON verification
        FOR EACH ROW WHEN (OLD.id <> 'late') EXECUTE FUNCTION ask_meanwhile()`);
    expect((await reset(token)).status).toBe(200);
    expect(await server.db.verification.findMany()).toEqual([]);
  });

  it('is not replaced by a link after half an hour, nor by an older link than the newest', async () => {
    await ask();
    const older = await linkToken();
    await ask();
    const newest = await linkToken();
    expect(newest).not.toBe(older);
    expect((await reset(older)).status).toBe(400);
    const [row] = await server.db.verification.findMany();
    const life = (row?.expiresAt.getTime() ?? 0) - Date.now();
    expect(life).toBeGreaterThan(29 * 60_000);
    expect(life).toBeLessThanOrEqual(30 * 60_000);
    await server.db.verification.updateMany({ data: { expiresAt: new Date(Date.now() - 1) } });
    expect((await reset(newest)).status).toBe(400);
  });

  it('cannot be replaced by who reads the database', async () => {
    await ask();
    const token = await linkToken();
    const [row, ...more] = await server.db.verification.findMany();
    expect(more).toEqual([]);
    expect(JSON.stringify(row)).not.toContain(token);
    for (const guess of [row?.identifier, row?.value, row?.id]) {
      expect((await reset(guess)).status).toBe(400);
    }
  });

  it('cannot be replaced by a link that was asked for before it was changed', async () => {
    await ask();
    const token = await linkToken();
    await owner.post('/change-password', { currentPassword: PASSWORD, newPassword: NEW });
    expect((await reset(token, 'Third-Horse-9')).status).toBe(400);
  });

  it('takes no token from a URL, where logs would keep it', async () => {
    await ask();
    const token = await linkToken();
    const answer = await server
      .browser()
      .post(`/reset-password?token=${token}`, { newPassword: NEW });
    expect(answer.status).toBe(400);
  });

  it('keeps to the password rules, and the link works after a weak one (FR-003)', async () => {
    await ask();
    const token = await linkToken();
    const weak = await reset(token, 'weak');
    expect(weak.status).toBe(400);
    expect(await weak.json()).toMatchObject({
      code: 'PASSWORD_TOO_WEAK',
      errors: [{ field: 'newPassword' }],
    });
    expect((await reset(token)).status).toBe(200);
  });

  it('of an account that is gone is refused like any used link', async () => {
    await ask();
    const token = await linkToken();
    await server.db.user.delete({ where: { email } });
    const answer = await reset(token);
    expect(answer.status).toBe(400);
    expect(await answer.json()).toMatchObject({ code: 'INVALID_TOKEN' });
  });
});

describe('a changed password', () => {
  let server: AuthServer;
  let owner: Browser;
  const change = (currentPassword: string) =>
    owner.post('/change-password', { currentPassword, newPassword: NEW });
  beforeEach(async () => {
    server = await startAuthServer();
    owner = server.browser();
    await owner.signUp(email);
  });
  afterEach(() => server.stop());

  it('takes the current one, and says beside the field when it is another', async () => {
    const answer = await change('Wrong-Horse-7');
    expect(answer.status).toBe(400);
    expect(await answer.json()).toMatchObject({
      code: 'INVALID_PASSWORD',
      errors: [{ field: 'currentPassword', message: expect.any(String) }],
    });
    expect((await change('x'.repeat(600))).status).toBe(400);
    expect((await server.browser().signIn(email)).status).toBe(200);
  });

  it('goes on in this browser with a new session, and every earlier token is revoked', async () => {
    const there = server.browser();
    await there.signIn(email);
    const sidOf = async () => {
      const { token }: { token: string } = await (await owner.get('/token')).json();
      return decodeJwt(token)['sid'];
    };
    const before = await sidOf();
    const answer = await change(PASSWORD);
    expect(answer.status).toBe(200);
    expect(await answer.json()).toEqual({});
    const after = await sidOf();
    expect(after).not.toBe(before);
    expect(await server.db.session.findMany({ select: { id: true } })).toEqual([{ id: after }]);
    expect((await there.get('/token')).status).toBe(401);
  });

  it('is told to the owner', async () => {
    await change(PASSWORD);
    const [mail] = await server.mailsTo(email);
    expect(mail?.subject).toBe('Your password was changed');
    expect(mail?.text).toContain('/forgot-password');
  });

  it('needs a session', async () => {
    const body = { currentPassword: PASSWORD, newPassword: NEW };
    const answer = await server.browser().post('/change-password', body);
    expect(answer.status).toBe(401);
    expect(await answer.json()).toMatchObject({ code: 'NO_SESSION' });
  });
});
