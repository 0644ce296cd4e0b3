import { setTimeout as delay } from 'node:timers/promises';
import { EventLedger } from './event.ledger.js';
import { EventMetrics } from './event.metrics.js';
import type { EventRow } from './event.row.js';
import { isUnacceptable, type EventWriter } from './event.writer.js';
import type { SecurityEvent, SecurityEventSource } from './security-event.js';

/** Twice this may be lost when the process is killed: one wait, and one write that is under way. */
const FLUSH_MS = 500;
const MAX_PAUSE_MS = 10_000;
const BATCH_ROWS = 500;
const MAX_ROWS = 10_000;
/** A stop has five seconds for everything. */
const CLOSE_MS = 2_000;
const MINUTE_MS = 60_000;

export interface RecorderOptions {
  readonly source: SecurityEventSource;
  readonly write: EventWriter;
  /** Is told, once each, what an operator should know. */
  readonly report: (message: string, error?: unknown) => void;
  /** Is given the row of an event at once, and a total when it is complete. */
  readonly log?: (row: EventRow) => void;
  readonly now?: () => number;
  readonly maxRows?: number;
  readonly maxClients?: number;
}

/**
 * Keeps what happened until the database has it. To record is to count in memory: it neither waits nor
 * throws, whatever the database does and however much there is to record.
 */
export class SecurityEventRecorder {
  readonly metrics: EventMetrics;
  private readonly ledger: EventLedger;
  private readonly now: () => number;
  private readonly maxRows: number;
  private readonly waiting = new Set<EventRow>();
  private readonly underWay = new Set<EventRow>();
  private readonly turning: NodeJS.Timeout;
  private timer: NodeJS.Timeout | undefined;
  private flushing: Promise<void> | undefined;
  private failures = 0;
  private isClosed = false;

  constructor(private readonly options: RecorderOptions) {
    const { source, maxClients, maxRows = MAX_ROWS, now = Date.now } = options;
    this.ledger = new EventLedger(source, maxClients);
    this.metrics = new EventMetrics(source, () => this.size);
    this.maxRows = maxRows;
    this.now = now;
    this.turning = setInterval(() => this.turn(), MINUTE_MS).unref();
  }

  record(event: SecurityEvent): void {
    try {
      this.metrics.recorded(event);
      this.turn();
      const row = this.ledger.rowFor(event, this.now(), this.fits);
      this.waiting.add(row);
      this.schedule();
      if (!row.isTotal) this.options.log?.(row);
    } catch (error) {
      this.lose(1, error);
    }
  }

  /** Writes what was recorded so far. Resolves when it is written, or has to wait for the database. */
  flush(): Promise<void> {
    // What is under way may have begun before the last of it was recorded.
    if (this.flushing !== undefined) return this.flushing.then(() => this.flush());
    this.flushing = this.send().finally(() => {
      this.flushing = undefined;
      this.schedule();
    });
    return this.flushing;
  }

  /** The last of it, for a process that stops. */
  async close(): Promise<void> {
    this.isClosed = true;
    clearTimeout(this.timer);
    clearInterval(this.turning);
    for (const row of this.ledger.turn(Infinity, () => false)) this.options.log?.(row);
    await Promise.race([this.flush(), delay(CLOSE_MS, undefined, { ref: false })]);
    const { size } = this;
    if (size > 0) this.options.report(`${size} rows of security events were not written in time`);
  }

  private readonly fits = (row?: EventRow): boolean =>
    (row !== undefined && this.isWaiting(row)) || this.size < this.maxRows;

  private readonly isWaiting = (row: EventRow): boolean =>
    this.waiting.has(row) || this.underWay.has(row);

  /** A row that is counted up while it is under way counts twice. */
  private get size(): number {
    return this.waiting.size + this.underWay.size;
  }

  private turn(): void {
    for (const row of this.ledger.turn(this.now(), this.isWaiting)) this.options.log?.(row);
  }

  private schedule(): void {
    if (this.timer !== undefined || this.flushing !== undefined || this.isClosed) return;
    if (this.waiting.size === 0) return;
    const pause = Math.min(FLUSH_MS * 2 ** this.failures, MAX_PAUSE_MS);
    this.timer = setTimeout(() => {
      this.timer = undefined;
      void this.flush();
    }, pause).unref();
  }

  /** What is there at the beginning, and no more: a flood must not keep the database busy for ever. */
  private async send(): Promise<void> {
    const rows = [...this.waiting];
    try {
      for (let start = 0; start < rows.length; start += BATCH_ROWS) {
        const batch = rows.slice(start, start + BATCH_ROWS);
        for (const row of batch) {
          this.waiting.delete(row);
          this.underWay.add(row);
        }
        await this.write(batch);
      }
      if (this.failures > 0) this.options.report('Security events are written again');
      this.failures = 0;
    } catch (error) {
      if (this.failures === 0) this.options.report('Security events cannot be written yet', error);
      this.failures += 1;
      for (const row of this.underWay) this.waiting.add(row);
    } finally {
      this.underWay.clear();
    }
  }

  /** One row that the database cannot take must not keep the others from it. */
  private async write(rows: readonly EventRow[]): Promise<void> {
    try {
      await this.options.write(rows);
    } catch (error) {
      if (!isUnacceptable(error)) throw error;
      const [first] = rows;
      if (rows.length > 1 || first === undefined) {
        const half = Math.ceil(rows.length / 2);
        await this.write(rows.slice(0, half));
        return this.write(rows.slice(half));
      }
      this.lose(first.count, error);
    }
    for (const row of rows) this.underWay.delete(row);
  }

  private lose(count: number, error?: unknown): void {
    this.metrics.lose(count);
    this.options.report(`${count} security events are lost`, error);
  }
}
