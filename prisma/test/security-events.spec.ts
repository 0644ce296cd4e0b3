import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { createDatabaseClient } from '../src/database-client.js';
import type { PrismaClient } from '../src/generated/client.js';
import { createTestDatabase, type TestDatabase } from '../src/local/test-database.js';
import { createEventWriter, SecurityEventRecorder } from '../src/security-events/index.js';

let database: TestDatabase;
let web: PrismaClient;
let recorder: SecurityEventRecorder;
let reports: string[];

beforeAll(async () => {
  database = await createTestDatabase();
  web = createDatabaseClient({ url: database.webUrl, poolSize: 2 });
  await web.user.create({ data: { id: 'ada', name: 'Ada', email: 'ada@example.com' } });
});
beforeEach(() => {
  reports = [];
  recorder = new SecurityEventRecorder({
    source: 'web',
    write: createEventWriter(web),
    report: (message) => reports.push(message),
  });
});
afterEach(() => recorder.close());
afterAll(async () => {
  await web.$disconnect();
  await database.drop();
});

const written = (requestId: string) => web.securityEvent.findMany({ where: { requestId } });
const failed = { kind: 'sign_in', outcome: 'failure', reason: 'wrong_credentials' } as const;

describe('a recorded event (FR-026)', () => {
  it('is a row with time, user, address, user agent and request id', async () => {
    const before = Date.now();
    recorder.record({
      kind: 'sign_in',
      outcome: 'success',
      userId: 'ada',
      sessionId: 'session-1',
      ip: '192.0.2.1',
      userAgent: 'Mosaic/1.0',
      requestId: 'request-row',
    });
    await recorder.flush();
    const [row, ...others] = await written('request-row');
    expect(others).toEqual([]);
    expect(row).toEqual({
      id: expect.any(String),
      occurredAt: expect.any(Date),
      source: 'web',
      kind: 'sign_in',
      outcome: 'success',
      reason: null,
      userId: 'ada',
      subjectHash: null,
      count: 1,
      sessionId: 'session-1',
      ip: '192.0.2.1',
      userAgent: 'Mosaic/1.0',
      requestId: 'request-row',
    });
    expect(row?.occurredAt.getTime()).toBeGreaterThanOrEqual(before);
  });

  it('finds its user by e-mail, and keeps the hash only where there is none', async () => {
    for (const email of ['ada@example.com', 'nobody@example.com']) {
      recorder.record({
        ...failed,
        email,
        subjectHash: `of ${email.split('@')[0]}`,
        requestId: 'request-mail',
      });
    }
    await recorder.flush();
    const rows = await written('request-mail');
    expect(rows.map(({ userId, subjectHash }) => [userId, subjectHash])).toEqual(
      expect.arrayContaining([
        ['ada', null],
        [null, 'of nobody'],
      ]),
    );
    expect(JSON.stringify(rows)).not.toContain('@');
  });

  it('may hold whatever a stranger sends: NUL, half a character, a megabyte', async () => {
    const userAgents = ['a\0b', 'a\ud800b', `${'x'.repeat(499)}\u{1f600}`, 'y'.repeat(1_000_000)];
    for (const userAgent of userAgents) {
      recorder.record({
        ...failed,
        userAgent,
        email: 'ada\0@example.com',
        requestId: 'request-odd',
      });
    }
    await recorder.flush();
    const rows = await written('request-odd');
    expect(rows).toHaveLength(4);
    expect(
      rows.every(({ userId, userAgent }) => userId === null && (userAgent ?? '').length <= 500),
    ).toBe(true);
    expect(reports).toEqual([]);
  });

  it('of a kind that makes the database refuse it does not keep the others from it', async () => {
    const tooMany = { ...failed, requestId: 'request-refused' };
    const write = createEventWriter(web);
    const poisoned = new SecurityEventRecorder({
      source: 'web',
      // As a row could only be by a mistake of ours.
      write: (rows) =>
        write(rows.map((row) => (row.userId === 'poison' ? { ...row, id: 'no uuid' } : row))),
      report: (message) => reports.push(message),
    });
    for (const userId of ['one', 'poison', 'two', 'three']) poisoned.record({ ...tooMany, userId });
    await poisoned.flush();
    const rows = await written('request-refused');
    expect(new Set(rows.map(({ userId }) => userId))).toEqual(new Set(['one', 'two', 'three']));
    expect(rows).toHaveLength(3);
    expect(reports).toEqual(['1 security events are lost']);
    await poisoned.close();
  });

  it('is one row, whether or not its sender learned that it arrived', async () => {
    const write = createEventWriter(web);
    let isLost = true;
    const unsure = new SecurityEventRecorder({
      source: 'web',
      write: async (rows) => {
        await write(rows);
        if (isLost) throw Object.assign(new Error('the answer is lost'), { code: 'ECONNRESET' });
      },
      report: (message) => reports.push(message),
    });
    unsure.record({ ...failed, requestId: 'request-unsure' });
    await unsure.flush();
    isLost = false;
    await unsure.flush();
    expect(await written('request-unsure')).toHaveLength(1);
    await unsure.close();
  });
});

describe('a process that is killed', () => {
  it('loses at most what happened in its last second', async () => {
    const file = fileURLToPath(new URL('recording.process.mjs', `file://${__filename}`));
    const child = spawn(process.execPath, [file], {
      env: { ...process.env, API_URL: database.apiUrl },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const exited = once(child, 'exit');
    const seen: { recorded: number; at: number }[] = [];
    for await (const line of createInterface(child.stdout)) {
      const [recorded = 0, at = 0] = line.split(' ').map(Number);
      seen.push({ recorded, at });
      if (at - (seen[0]?.at ?? at) > 2_500 && !child.killed) child.kill('SIGKILL');
    }
    await exited;
    const last = seen.at(-1);
    const safe = seen.findLast(({ at }) => at <= (last?.at ?? 0) - 1_000);
    const {
      _sum: { count },
    } = await web.securityEvent.aggregate({ where: { source: 'api' }, _sum: { count: true } });
    expect(safe?.recorded).toBeGreaterThan(500);
    expect(count).toBeGreaterThanOrEqual(safe?.recorded ?? Infinity);
    // The last line may not have been printed any more.
    expect(count).toBeLessThanOrEqual((last?.recorded ?? 0) + 20);
  });
});
