import { randomUUID } from 'node:crypto';
import type pg from 'pg';
import { createWatchedDatabase, type WatchedDatabase } from './watched-database.js';

// record_security_events() and prune_security_events(): the only ways in and out (FR-026).

let db: WatchedDatabase;
let ada: string;

beforeAll(async () => {
  db = await createWatchedDatabase();
});

afterAll(() => db.close());

beforeEach(async () => {
  await db.clear();
  ada = await db.addUser();
});

interface Event {
  id?: unknown;
  [field: string]: unknown;
}

const event = (fields: Event = {}): Event => ({
  id: randomUUID(),
  at: Date.now(),
  source: 'web',
  kind: 'sign_in',
  outcome: 'failure',
  ...fields,
});

const record = (events: unknown, client: pg.Client = db.web) =>
  client.query('SELECT record_security_events($1::jsonb)', [JSON.stringify(events)]);

async function stored() {
  const { rows } = await db.owner.query<Record<string, unknown>>(
    'SELECT * FROM security_event ORDER BY occurred_at, id',
  );
  return rows;
}

describe('record_security_events()', () => {
  it('stores each event with what was told of it, of both apps', async () => {
    const at = Date.parse('2026-11-21T10:00:00.123Z');
    const told = {
      reason: 'wrong_credentials',
      sessionId: 'a session',
      ip: '192.0.2.7',
      userAgent: 'a browser',
      requestId: 'a request',
    };
    await record([event({ ...told, at, userId: ada })]);
    await record([event({ at: at + 1, source: 'api', kind: 'token_refused' })], db.api);
    expect(await stored()).toMatchObject([
      {
        occurred_at: new Date(at),
        source: 'web',
        kind: 'sign_in',
        outcome: 'failure',
        reason: 'wrong_credentials',
        user_id: ada,
        subject_hash: null,
        session_id: 'a session',
        ip: '192.0.2.7',
        user_agent: 'a browser',
        request_id: 'a request',
        count: 1,
      },
      { source: 'api', kind: 'token_refused', user_id: null, ip: null, count: 1 },
    ]);
  });

  it.each(['api', 'database', undefined])(
    'says who told it, not who the teller says it is: %s',
    async (source) => {
      await record([event({ source, kind: 'session_revoked' })], db.web);
      expect(await stored()).toMatchObject([{ source: 'web' }]);
    },
  );

  it('stores an event once, however often it is sent again', async () => {
    const sent = [event(), event()];
    await record(sent);
    await record([...sent, event()]);
    expect(await stored()).toHaveLength(3);
  });

  it('raises the count of a flood, and never lowers it', async () => {
    const flood = event({ count: 5 });
    await record([flood]);
    await record([{ ...flood, count: 90 }]);
    await record([{ ...flood, count: 12 }]);
    expect((await stored()).map(({ count }) => count)).toEqual([90]);
  });

  it('changes nothing but the count of an event whose id is used again', async () => {
    const first = event({
      kind: 'password_changed',
      outcome: 'success',
      userId: ada,
      ip: '192.0.2.7',
    });
    await record([first]);
    const [before] = await stored();
    const forged = { id: first.id, at: 0, userId: 'bob', ip: '::1', reason: 'x', count: 2 };
    await record([event({ ...forged, source: 'api' })], db.api);
    expect(await stored()).toEqual([{ ...before, count: 2 }]);
  });

  it('finds the user of an e-mail, and keeps neither the e-mail nor its hash then', async () => {
    const email = `${ada}@example.com`;
    await record([event({ email, subjectHash: 'keyed' })]);
    const rows = await stored();
    expect(rows).toMatchObject([{ user_id: ada, subject_hash: null }]);
    expect(JSON.stringify(rows)).not.toContain('@');
  });

  it('keeps the hash of an e-mail that nobody has, and not the e-mail', async () => {
    await record([event({ email: 'nobody@example.com', subjectHash: 'keyed' })]);
    const rows = await stored();
    expect(rows).toMatchObject([{ user_id: null, subject_hash: 'keyed' }]);
    expect(JSON.stringify(rows)).not.toContain('@');
  });

  it('bounds every text that a client chooses', async () => {
    const long = 'x'.repeat(100_000);
    await record([
      event({ reason: long, ip: long, userAgent: long, requestId: long, sessionId: long }),
    ]);
    const [row = {}] = await stored();
    const lengths = ['reason', 'ip', 'user_agent', 'request_id', 'session_id'].map(
      (column) => String(row[column]).length,
    );
    expect(lengths).toEqual([100, 100, 500, 200, 200]);
  });

  it('takes SQL and JSON inside a text for text', async () => {
    const hostile = `'); DROP TABLE security_event; -- {"count": 9} $1 \\u0041 \u202e`;
    await record([event({ userAgent: hostile, email: hostile, extra: { count: 9 }, xid: '1' })]);
    expect(await stored()).toMatchObject([{ user_agent: hostile, count: 1 }]);
  });

  it.each([
    ['no id', [event({ id: undefined })]],
    ['an id that is no uuid', [event({ id: 'x' })]],
    ['no kind', [event({ kind: undefined })]],
    ['no time', [event({ at: undefined })]],
    ['a count beyond an integer', [event({ count: 2 ** 31 })]],
    ['one id twice', ((id) => [event({ id }), event({ id })])(randomUUID())],
    ['a NUL in a text', [event({ userAgent: 'a\u0000b' })]],
    ['half a surrogate pair in a text', [event({ email: '\ud800' })]],
    ['no array', 'text'],
  ])('refuses a batch with %s as a whole', async (_what, events) => {
    const good = event();
    await expect(record(Array.isArray(events) ? [good, ...events] : events)).rejects.toMatchObject({
      code: expect.stringMatching(/^2[123]/),
    });
    expect(await stored()).toEqual([]);
  });

  it('lets two senders go on that send the same events in opposite orders', async () => {
    const other = await db.connect('api');
    const events = Array.from({ length: 300 }, () => event());
    const sendTen = async (sent: Event[], client: pg.Client) => {
      for (let round = 0; round < 10; round += 1) await record(sent, client);
    };
    await Promise.all([sendTen(events, db.web), sendTen(events.toReversed(), other)]);
    expect(await stored()).toHaveLength(300);
  });
});

describe('prune_security_events()', () => {
  const AGES = ['0 seconds', '23 hours', '25 hours', '89 days', '91 days'];

  beforeEach(async () => {
    await db.owner.query(
      `INSERT INTO security_event (source, kind, outcome, request_id, occurred_at)
       SELECT 'web', 'sign_in', 'success', age, now() - age::interval FROM unnest($1::text[]) AS age`,
      [AGES],
    );
  });

  async function prune(olderThan: string) {
    const { rows } = await db.web.query<{ gone: string }>(
      'SELECT prune_security_events($1::interval) AS gone',
      [olderThan],
    );
    const left = (await stored()).map(({ request_id }) => String(request_id));
    return { gone: Number(rows[0]?.gone), left: new Set(left) };
  }

  it('deletes what is older than it is told, and says how much', async () => {
    expect(await prune('90 days')).toEqual({ gone: 1, left: new Set(AGES.slice(0, 4)) });
  });

  // The last two are a day and more to PostgreSQL, which takes a month for 30 days, and end in the future.
  it.each(['0', '-10 years', '1 second', '-12 mons 361 days', '-120 mons 3601 days'])(
    'leaves the traces of the last day when told %s',
    async (olderThan) => {
      expect(await prune(olderThan)).toEqual({ gone: 3, left: new Set(AGES.slice(0, 2)) });
    },
  );
});
