import { clientNetwork } from '../contract/index.js';
import { toRow, type EventRow } from './event.row.js';
import type { SecurityEvent, SecurityEventSource } from './security-event.js';

const MINUTE_MS = 60_000;
/** Per client, kind and minute; what is beyond is counted in one more row (FR-026). */
const ROWS_OF_ITS_OWN = 10;
const MAX_CLIENTS = 10_000;

interface Tally {
  rows: number;
  rest: EventRow | undefined;
}

/**
 * Decides in which row an event is told or counted. Every event is in exactly one, so that the counts
 * add up to what happened, however much of it there is and however little memory.
 */
export class EventLedger {
  private minute = 0;
  /** By kind and client network, of the running minute. */
  private readonly clients = new Map<string, Tally>();
  /** What there is no room for, in one row for each kind, of nobody in particular. */
  private readonly overflow = new Map<string, EventRow>();

  constructor(
    private readonly source: SecurityEventSource,
    private readonly maxClients = MAX_CLIENTS,
  ) {}

  /**
   * @param fits whether there is room for a row, or it has its place already
   * @returns the row, counted up
   */
  rowFor(event: SecurityEvent, now: number, fits: (row?: EventRow) => boolean): EventRow {
    // Nobody signs in without a password; what fails or asks for a mail is anybody's to repeat.
    const isAnybodys = event.outcome !== 'success' || event.kind === 'password_reset_requested';
    if (!isAnybodys) return fits() ? this.rowOf(event, now) : this.overflowed(event, now);
    const tally = this.tallyOf(event);
    if (tally === undefined) return this.overflowed(event, now);
    if (tally.rows < ROWS_OF_ITS_OWN) {
      if (!fits()) return this.overflowed(event, now);
      tally.rows += 1;
      return this.rowOf(event, now);
    }
    if (!fits(tally.rest)) return this.overflowed(event, now);
    if (tally.rest !== undefined) return countedUp(tally.rest);
    const { kind, outcome, ip } = event;
    tally.rest = this.totalOf({ kind, outcome, ip: networkOf(ip) }, now);
    return tally.rest;
  }

  /**
   * Begins anew when the minute is over.
   *
   * @param isWaiting whether a row is not written yet: then it may as well be counted on
   * @returns the totals that are complete
   */
  turn(now: number, isWaiting: (row: EventRow) => boolean): EventRow[] {
    const minute = Math.floor(now / MINUTE_MS);
    if (minute === this.minute) return [];
    this.minute = minute;
    const complete = [...this.clients.values()].flatMap(({ rest }) => rest ?? []);
    this.clients.clear();
    for (const [kind, row] of this.overflow) {
      if (isWaiting(row)) continue;
      this.overflow.delete(kind);
      complete.push(row);
    }
    return complete;
  }

  private tallyOf({ kind, outcome, ip }: SecurityEvent): Tally | undefined {
    const client = `${kind} ${outcome} ${networkOf(ip)}`;
    const known = this.clients.get(client);
    if (known !== undefined || this.clients.size >= this.maxClients) return known;
    const tally = { rows: 0, rest: undefined };
    this.clients.set(client, tally);
    return tally;
  }

  private overflowed({ kind, outcome }: SecurityEvent, now: number): EventRow {
    const key = `${kind} ${outcome}`;
    const known = this.overflow.get(key);
    if (known !== undefined) return countedUp(known);
    const row = this.totalOf({ kind, outcome }, now);
    this.overflow.set(key, row);
    return row;
  }

  private rowOf(event: SecurityEvent, at: number): EventRow {
    return toRow(event, { source: this.source, at });
  }

  private totalOf(event: SecurityEvent, at: number): EventRow {
    return toRow(event, { source: this.source, at, isTotal: true });
  }
}

function networkOf(ip: string | undefined): string | undefined {
  return ip === undefined ? undefined : clientNetwork(ip);
}

function countedUp(row: EventRow): EventRow {
  row.count += 1;
  return row;
}
