import { startRevocableApp, type RevocableApp } from './support/revocable.app.js';

// What the feed takes for knowledge, and what it does not.

const STALENESS_MS = 2_000;

describe('the feed of revocations', () => {
  let the: RevocableApp;
  const start = async (variables: Record<string, string> = {}) => {
    the = await startRevocableApp(variables);
    return the;
  };
  afterEach(() => the.close());

  const end = (sessionId: string) =>
    the.owner.query('DELETE FROM session WHERE id = $1', [sessionId]);

  it('leaves out what was revoked so long ago that every token is dead, pruned or not', async () => {
    await start({ REVOCATION_MAX_ENTRIES: '1000' });
    await the.owner.query(
      `INSERT INTO revocation (sid, created_at)
       SELECT 'old ' || n, now() - interval '3 days' FROM generate_series(1, 1500) n`,
    );
    // A new connection begins with everything there is.
    the.reads.cut();
    the.reads.restore();
    const [good, ended] = [await the.openSession(), await the.openSession()];
    await end(ended);
    await the.callUntil(401, ended);
    expect((await the.call(good)).status).toBe(200);
  });

  it('is of no use from the moment on at which it is overfull', async () => {
    await start({ REVOCATION_MAX_ENTRIES: '1', REVOCATION_MAX_STALENESS: '60s' });
    const sessions = [await the.openSession(), await the.openSession(), await the.openSession()];
    await end(sessions[0] ?? '');
    await the.callUntil(401, sessions[0] ?? '');
    await end(sessions[1] ?? '');
    expect(await the.callUntil(503, sessions[2] ?? '')).toContain(503);
  });

  it('gives up an answer that never comes, and asks on another connection', async () => {
    await start({ REVOCATION_MAX_STALENESS: '10s' });
    the.notifications.cut();
    the.reads.stall();
    the.reads.acceptAgain();
    const ended = await the.openSession();
    await end(ended);
    expect(await the.callUntil(401, ended, 8_000)).not.toContain(503);
  });

  it('knows what was so when it asked, not when the answer came', async () => {
    await start();
    the.notifications.cut();
    const good = await the.openSession();
    const heldAt = performance.now();
    const release = the.reads.hold();
    // The next question is asked within a second of now; its answer is let through just in time.
    await the.callUntilElapsed(1_900, heldAt, good);
    release();
    await the.callUntilElapsed(2_000, heldAt, good);
    the.reads.cut();
    await the.callUntil(503, good);
    // Counted from the answer, it would have lasted two seconds from the release.
    expect(performance.now() - heldAt).toBeLessThan(1_900 + STALENESS_MS - 200);
  });

  it('does not believe a replica, which may be late', async () => {
    await start();
    const good = await the.openSession();
    expect((await the.call(good)).status).toBe(200);
    await the.owner.query(`
      CREATE SCHEMA replica;
      CREATE FUNCTION replica.pg_is_in_recovery() RETURNS boolean LANGUAGE sql AS 'SELECT true';
      GRANT USAGE ON SCHEMA replica TO tessera_api;`);
    await the.setSearchPath('replica, pg_catalog, public');
    the.reads.cut();
    the.reads.restore();
    expect(await the.callUntil(503, good)).toContain(503);
  });
});
