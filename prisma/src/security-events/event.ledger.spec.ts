import { EventLedger } from './event.ledger.js';
import type { EventRow } from './event.row.js';
import type { SecurityEvent } from './security-event.js';

const NOON = Date.UTC(2026, 10, 21, 12);
const refused = (ip: string, reason = 'expired'): SecurityEvent => ({
  kind: 'token_refused',
  outcome: 'refused',
  reason,
  ip,
});
const signedIn: SecurityEvent = { kind: 'sign_in', outcome: 'success', userId: 'ada' };

/** A ledger, and the rows that came of it. */
function opened(maxClients?: number, maxRows = Infinity) {
  const ledger = new EventLedger('api', maxClients);
  const rows = new Set<EventRow>();
  const fits = (row?: EventRow) => (row !== undefined && rows.has(row)) || rows.size < maxRows;
  const record = (event: SecurityEvent, times = 1) => {
    for (let count = 0; count < times; count += 1) rows.add(ledger.rowFor(event, NOON, fits));
  };
  return { ledger, rows, record, counts: () => [...rows].map(({ count }) => count) };
}

describe('a flood (FR-026)', () => {
  it('is ten rows and one that counts the rest, per client, kind and minute', () => {
    const { ledger, rows, record, counts } = opened();
    record(refused('192.0.2.1'), 25);
    record(refused('192.0.2.2'), 3);
    record({ ...refused('192.0.2.1'), kind: 'rate_limited' }, 3);
    expect(counts()).toEqual([...Array(10).fill(1), 15, 1, 1, 1, 1, 1, 1]);
    ledger.turn(NOON + 60_000, (row) => rows.has(row));
    record(refused('192.0.2.1'));
    expect(counts().at(-1)).toBe(1);
  });

  it('is one, whatever address of its network and whatever reason it varies', () => {
    const { rows, record } = opened();
    for (let host = 1; host <= 12; host += 1) {
      record(refused(`2001:db8::${host.toString(16)}`, `reason ${host}`));
    }
    expect(rows.size).toBe(11);
    const total = [...rows].find(({ isTotal }) => isTotal);
    expect(total).toMatchObject({ count: 2, ip: '2001:db8:0:0::/64', reason: undefined });
  });

  it('from more networks than can be told apart is one row for each kind, of nobody', () => {
    const { rows, record, counts } = opened(3);
    for (let host = 1; host <= 8; host += 1) record(refused(`192.0.2.${host}`));
    expect(counts()).toEqual([1, 1, 1, 5]);
    expect([...rows].at(-1)).toMatchObject({ isTotal: true, ip: undefined });
  });

  it('of mails that anybody may ask for is a flood, though each is a success', () => {
    const { rows, record } = opened();
    record({ kind: 'password_reset_requested', outcome: 'success', ip: '192.0.2.1' }, 30);
    expect(rows.size).toBe(11);
  });

  it('makes no total of what its victims do: each success is a row', () => {
    const { rows, record } = opened();
    record(signedIn, 30);
    expect(rows.size).toBe(30);
  });
});

describe('without room for another row', () => {
  it('all is counted, successes too, by kind', () => {
    const { record, counts } = opened(undefined, 4);
    record(signedIn, 6);
    record(refused('192.0.2.1'), 20);
    expect(counts()).toEqual([1, 1, 1, 1, 2, 20]);
  });

  it('a total that has its place counts on', () => {
    const { record, counts } = opened(undefined, 11);
    record(refused('192.0.2.1'), 30);
    expect(counts()).toEqual([...Array(10).fill(1), 20]);
  });

  it('a total that was written and has lost its place counts no further', () => {
    const { rows, record } = opened(undefined, 11);
    record(refused('192.0.2.1'), 12);
    const total = [...rows].find(({ isTotal }) => isTotal);
    if (total !== undefined) rows.delete(total);
    record(signedIn);
    record(refused('192.0.2.1'), 3);
    expect(total?.count).toBe(2);
    expect([...rows].at(-1)).toMatchObject({ isTotal: true, ip: undefined, count: 3 });
  });
});

describe('the end of a minute', () => {
  it('completes its totals, once', () => {
    const { ledger, record } = opened();
    ledger.turn(NOON, () => true);
    record(refused('192.0.2.1'), 12);
    expect(ledger.turn(NOON + 59_999, () => true)).toEqual([]);
    expect(ledger.turn(NOON + 60_000, () => true)).toMatchObject([{ count: 2 }]);
    expect(ledger.turn(NOON + 120_000, () => true)).toEqual([]);
  });

  it('lets a total of nobody that is not written yet go on: an outage of hours is still one row', () => {
    const { ledger, record, counts } = opened(0);
    record(refused('192.0.2.1'), 2);
    expect(ledger.turn(NOON + 60_000, () => true)).toEqual([]);
    record(refused('192.0.2.1'), 2);
    expect(counts()).toEqual([4]);
    expect(ledger.turn(NOON + 120_000, () => false)).toMatchObject([{ count: 4 }]);
  });
});
