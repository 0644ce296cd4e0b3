import type { EventRow } from './event.row.js';
import type { SecurityEvent } from './security-event.js';
import { SecurityEventRecorder } from './security-event.recorder.js';

const signedIn: SecurityEvent = { kind: 'sign_in', outcome: 'success', userId: 'ada' };
const refused: SecurityEvent = { kind: 'token_refused', outcome: 'refused', ip: '192.0.2.1' };
const outage = () => Object.assign(new Error('refused'), { code: 'ECONNREFUSED' });
const unacceptable = () => Object.assign(new Error('invalid'), { code: '22P05' });

/** What the database would hold: by id, and a count that only rises. */
class Table {
  readonly counts = new Map<string, number>();
  readonly sizes: number[] = [];
  failing: (() => Error) | undefined;
  readonly poison = new Set<string>();

  write = async (rows: readonly EventRow[]): Promise<void> => {
    await Promise.resolve();
    if (this.failing !== undefined) throw this.failing();
    if (rows.some(({ userId }) => userId !== undefined && this.poison.has(userId))) {
      throw unacceptable();
    }
    this.sizes.push(rows.length);
    for (const { id, count } of rows) {
      this.counts.set(id, Math.max(count, this.counts.get(id) ?? 0));
    }
  };

  sum = () => [...this.counts.values()].reduce((sum, count) => sum + count, 0);
}

let table: Table;
let reports: string[];
let lines: EventRow[];
let recorder: SecurityEventRecorder;
const open = (options: { maxRows?: number } = {}) => {
  recorder = new SecurityEventRecorder({
    source: 'web',
    write: table.write,
    report: (message) => reports.push(message),
    log: (row) => lines.push({ ...row }),
    ...options,
  });
};
const times = (count: number, event: SecurityEvent) => {
  for (let index = 0; index < count; index += 1) recorder.record(event);
};

beforeEach(() => {
  jest.useFakeTimers({ now: Date.UTC(2026, 10, 21, 12, 0, 10) });
  table = new Table();
  reports = [];
  lines = [];
  open();
});
afterEach(async () => {
  await recorder.close();
  jest.useRealTimers();
});

describe('the recorder (FR-026)', () => {
  it('writes all that came within half a second in one statement', async () => {
    times(3, signedIn);
    await jest.advanceTimersByTimeAsync(499);
    expect(table.sizes).toEqual([]);
    times(2, signedIn);
    await jest.advanceTimersByTimeAsync(1);
    expect(table.sizes).toEqual([5]);
  });

  it('does nothing at all while nothing happens', async () => {
    recorder.record(signedIn);
    await jest.advanceTimersByTimeAsync(60_000);
    expect(table.sizes).toEqual([1]);
  });

  it('sends the row of a flood again, with what it has become', async () => {
    times(30, refused);
    await recorder.flush();
    times(70, refused);
    await recorder.flush();
    expect([table.counts.size, table.sum()]).toEqual([11, 100]);
  });

  it('loses nothing that comes while a write is under way', async () => {
    times(12, refused);
    const flushed = recorder.flush();
    times(5, refused);
    recorder.record(signedIn);
    await Promise.all([flushed, recorder.flush()]);
    expect(table.sum()).toBe(18);
  });

  it('writes the last of it when it is closed', async () => {
    times(12, refused);
    await recorder.close();
    expect(table.sum()).toBe(12);
  });

  it('never throws, whatever it is given', async () => {
    expect(() => recorder.record({ ...refused, ip: 'not an address' })).not.toThrow();
    await recorder.flush();
    expect(table.sum()).toBe(1);
  });
});

describe('while the database is away', () => {
  it('everything is kept, and written when it is back, with one line about each', async () => {
    table.failing = outage;
    times(40, refused);
    times(7, signedIn);
    await jest.advanceTimersByTimeAsync(20_000);
    times(5, signedIn);
    expect(reports).toEqual(['Security events cannot be written yet']);
    table.failing = undefined;
    await jest.advanceTimersByTimeAsync(10_000);
    expect(table.sum()).toBe(52);
    expect(reports).toHaveLength(2);
  });

  it('memory is bounded, and the sums are still exact', async () => {
    open({ maxRows: 100 });
    table.failing = outage;
    for (let hour = 0; hour < 3; hour += 1) {
      times(1_000, signedIn);
      times(1_000, refused);
      await jest.advanceTimersByTimeAsync(3_600_000);
    }
    table.failing = undefined;
    await recorder.flush();
    expect(table.sum()).toBe(6_000);
    expect(table.counts.size).toBeLessThanOrEqual(102);
  });

  it('what failed once is asked for ever more rarely, but at least every ten seconds', async () => {
    let attempts = 0;
    table.failing = () => {
      attempts += 1;
      return outage();
    };
    recorder.record(signedIn);
    await jest.advanceTimersByTimeAsync(60_000);
    expect(attempts).toBeGreaterThan(6);
    expect(attempts).toBeLessThan(12);
  });
});

describe('a row that the database cannot take', () => {
  it('is dropped, counted as lost and reported; all others arrive', async () => {
    table.poison.add('mallory');
    times(600, signedIn);
    recorder.record({ ...signedIn, userId: 'mallory' });
    times(600, signedIn);
    await recorder.flush();
    expect(table.sum()).toBe(1_200);
    expect(reports).toEqual(['1 security events are lost']);
    expect(await recorder.metrics.registry.metrics()).toContain(
      'tessera_security_events_lost_total 1',
    );
  });
});

describe('the log', () => {
  it('has a line for each row at once, and one for a flood when its minute is over', async () => {
    times(50, refused);
    recorder.record(signedIn);
    expect(lines).toHaveLength(11);
    await jest.advanceTimersByTimeAsync(60_000);
    expect(lines.slice(11)).toMatchObject([{ kind: 'token_refused', count: 40 }]);
  });

  it('tells of a flood that the end of the process cuts short', async () => {
    times(50, refused);
    await recorder.close();
    expect(lines.at(-1)).toMatchObject({ count: 40 });
  });
});

describe('the metrics', () => {
  it('count what was recorded, at once, by labels that nobody can choose', async () => {
    times(50, { ...refused, reason: 'chosen', userAgent: 'chosen', userId: 'chosen' });
    const text = await recorder.metrics.registry.metrics();
    expect(text).toContain(
      'tessera_security_events_total{source="web",kind="token_refused",outcome="refused"} 50',
    );
    expect(text).toContain('tessera_security_events_waiting 11');
    expect(text).not.toContain('chosen');
  });
});
