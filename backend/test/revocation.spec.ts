import pg from 'pg';
import { startRevocableApp, type RevocableApp } from './support/revocable.app.js';
import { startTestApp } from './support/test-app.js';
import { bearer, mint } from './support/token.minter.js';

let the: RevocableApp;
beforeAll(async () => (the = await startRevocableApp()));
afterAll(() => the.close());
afterEach(() => {
  the.reads.restore();
  the.notifications.restore();
});

const end = (sessionId: string, client: pg.Client = the.owner) =>
  client.query('DELETE FROM session WHERE id = $1', [sessionId]);

async function withClient(work: (client: pg.Client) => Promise<void>): Promise<void> {
  const client = new pg.Client({ connectionString: the.database.ownerUrl });
  await client.connect();
  try {
    await work(client);
  } finally {
    await client.end();
  }
}

describe('a session that has ended', () => {
  it('takes its tokens with it, and no token of any other session (US4)', async () => {
    const [ended, other] = [await the.openSession(), await the.openSession()];
    expect((await the.call(ended)).status).toBe(200);
    await end(ended);
    await the.callUntil(401, ended);
    const answer = await the.call(ended);
    expect(answer.body).toMatchObject({ code: 'invalid_token', status: 401 });
    expect(answer.headers['www-authenticate']).toMatch(/^Bearer error="invalid_token"/);
    expect((await the.call(other)).status).toBe(200);
  });

  it('is refused with a token that nobody has brought before', async () => {
    const ended = await the.openSession();
    await end(ended);
    await the.callUntil(401, ended);
    const token = mint('ada', { claims: { sid: ended, jti: 'another' } });
    const options = { headers: bearer(token) };
    expect((await the.testApp.request(null, 'GET', '/api/users/ada', options)).status).toBe(401);
  });

  it('is refused by an API that was started only afterwards', async () => {
    const ended = await the.openSession();
    await end(ended);
    const late = await startTestApp({ API_DATABASE_URL: the.database.apiUrl });
    const options = { headers: bearer(mint('ada', { claims: { sid: ended } })) };
    expect((await late.request(null, 'GET', '/api/users/ada', options)).status).toBe(401);
    await late.close();
  });

  it('is told in the log as what it is', async () => {
    const ended = await the.openSession();
    await end(ended);
    await the.callUntil(401, ended);
    expect(the.testApp.logs).toContainEqual(
      expect.objectContaining({ event: 'token_refused', code: 'revoked' }),
    );
  });

  it('is recorded with whose it was: the token was good once (FR-026)', async () => {
    const ended = await the.openSession();
    await end(ended);
    await the.callUntil(401, ended);
    const recorded = async () =>
      (
        await the.owner.query<{ user_id: string }>(
          `SELECT user_id FROM security_event WHERE kind = 'token_refused' AND session_id = $1`,
          [ended],
        )
      ).rows;
    let rows = await recorded();
    while (rows.length === 0) rows = await recorded();
    expect(rows[0]).toEqual({ user_id: 'ada' });
  });
});

describe('without notifications', () => {
  it('an ended session is refused within a second or so', async () => {
    the.notifications.cut();
    const ended = await the.openSession();
    await end(ended);
    expect(await the.callUntil(401, ended, 1_500)).toContain(401);
  });

  it('a transaction that commits late, among others that do not, is not missed', async () => {
    the.notifications.cut();
    const late = await the.openSession();
    const early = await the.openSession();
    const earlier = await the.openSession();
    await withClient(async (client) => {
      await client.query('BEGIN');
      await end(late, client);
      for (const sessionId of [earlier, early]) {
        await end(sessionId);
        await the.callUntil(401, sessionId, 1_500);
      }
      expect((await the.call(late)).status).toBe(200);
      await client.query('COMMIT');
    });
    await the.callUntil(401, late, 1_500);
  });

  it('a session whose end was rolled back lives on', async () => {
    const kept = await the.openSession();
    const ended = await the.openSession();
    await withClient(async (client) => {
      await client.query('BEGIN');
      await end(kept, client);
      await client.query('ROLLBACK');
    });
    await end(ended);
    await the.callUntil(401, ended);
    expect((await the.call(kept)).status).toBe(200);
  });
});

describe.each(['cut', 'stall'] as const)('while the database is away (%s)', (how) => {
  it('nobody is let in any more when the knowledge is too old, and nobody is signed out by it', async () => {
    const [revoked, unknown, good] = [
      await the.openSession(),
      await the.openSession(),
      await the.openSession(),
    ];
    await end(revoked);
    await the.callUntil(401, revoked);
    the.reads[how]();
    the.notifications[how]();
    // Revoked behind the API's back.
    await end(unknown);

    const before = await the.callUntil(503, good);
    expect(new Set(before.slice(0, -1))).toEqual(new Set([200]));
    const answer = await the.call(unknown);
    expect(answer.status).toBe(503);
    expect(answer.headers['retry-after']).toBe('5');
    expect(answer.headers['www-authenticate']).toBeUndefined();
    expect((await the.call(revoked)).status).toBe(401);
    const ask = (path: string) => the.testApp.request(null, 'GET', path);
    expect((await ask('/api/users/ada')).status).toBe(401);
    expect((await ask('/health/live')).status).toBe(200);
    expect((await ask('/health')).status).toBe(503);

    the.reads.restore();
    the.notifications.restore();
    const after = await the.callUntil(401, unknown);
    expect(after).not.toContain(200);
    expect((await the.call(good)).status).toBe(200);
    expect((await ask('/health')).body).toMatchObject({
      details: { revocation: { status: 'up' } },
    });
  });
});

describe('more revoked sessions than there is room for', () => {
  it('are no reason to forget one: 503', async () => {
    const small = await startRevocableApp({ REVOCATION_MAX_ENTRIES: '3' });
    const good = await small.openSession();
    const sessions: string[] = [];
    while (sessions.length < 4) sessions.push(await small.openSession());
    for (const sessionId of sessions.slice(0, 3)) await end(sessionId, small.owner);
    await small.callUntil(401, sessions[2] ?? '');
    expect((await small.call(good)).status).toBe(200);
    await end(sessions[3] ?? '', small.owner);
    const statuses = await small.callUntil(503, sessions[3] ?? '');
    expect(statuses.slice(1)).not.toContain(401);
    expect((await small.call(good)).status).toBe(503);
    expect((await small.call(sessions[0] ?? '')).status).toBe(401);
    await small.close();
  });
});
