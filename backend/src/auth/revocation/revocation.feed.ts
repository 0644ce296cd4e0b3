import type { LoggerService, OnApplicationShutdown, OnModuleInit } from '@nestjs/common';
import { withoutStackTrace } from '../without-stack-trace.js';
import { RevocationListener } from './revocation.listener.js';
import { FROM_THE_BEGINNING, RevocationReader } from './revocation.reader.js';
import { RevocationUnavailableError, type Revocation } from './revocation.js';
import { RevokedSessions } from './revoked.sessions.js';

export interface RevocationFeedOptions {
  /** PostgreSQL URL of the primary, as tessera_api. */
  readonly databaseUrl: string;
  /** The same, past any pooler. */
  readonly listenUrl: string;
  readonly maxStalenessSeconds: number;
  readonly maxEntries: number;
  /** The longest life of a token that this API accepts. */
  readonly maxTokenLifeSeconds: number;
  readonly logger: Pick<LoggerService, 'log' | 'error'>;
}

/** How long after its notification, at the latest, a revocation is read. */
const POLL_MS = 1_000;
/** Between two reads, so that a flood of notifications is no flood of reads. */
const BREATH_MS = 5;
const RETRY_MS = [50, 100, 250, 500, 1_000];
/** Clocks differ by a minute at the most, and the tolerance is another. */
const CLOCKS_MS = 120_000;
const PRUNE_EVERY_MS = 3_600_000;
const PRUNE_MORE_MS = 5_000;

/** By two clocks: one that nobody can set, and one that goes on while a machine is suspended. */
interface Moment {
  readonly monotonic: number;
  readonly wall: number;
}

const moment = (): Moment => ({ monotonic: performance.now(), wall: Date.now() });
const NEVER: Moment = { monotonic: Number.NEGATIVE_INFINITY, wall: Number.NEGATIVE_INFINITY };

/**
 * Follows the table `revocation` and keeps in memory which sessions were revoked, so that a request
 * costs one look-up and no query. What was read last counts from when the question was *sent*; when
 * that is longer ago than allowed, it knows nothing of any session that it does not know as revoked.
 */
export class RevocationFeed implements Revocation, OnModuleInit, OnApplicationShutdown {
  private readonly revoked: RevokedSessions;
  private readonly listener: RevocationListener;
  private readonly maxStalenessMs: number;
  private freshAt = NEVER;
  private isReading = true;
  private stopped = false;
  private wasWoken = false;
  private endPause: () => void = () => undefined;
  private running: Promise<void> | undefined;
  private reader: RevocationReader | undefined;
  private pruneAt = performance.now() + PRUNE_EVERY_MS * Math.random();

  constructor(private readonly options: RevocationFeedOptions) {
    const keepMs = options.maxTokenLifeSeconds * 1000 + CLOCKS_MS;
    this.revoked = new RevokedSessions(keepMs, options.maxEntries);
    this.listener = new RevocationListener(options.listenUrl, () => this.wake());
    this.maxStalenessMs = options.maxStalenessSeconds * 1000;
  }

  get isReady(): boolean {
    const { monotonic, wall } = this.freshAt;
    const age = Math.max(performance.now() - monotonic, Date.now() - wall);
    return age <= this.maxStalenessMs;
  }

  isRevoked(sessionId: string): boolean {
    if (this.revoked.has(sessionId)) return true;
    if (this.isReady) return false;
    throw withoutStackTrace(() => new RevocationUnavailableError());
  }

  /** Waits for the first attempt to read, not for its success: the API answers 503 until then. */
  async onModuleInit(): Promise<void> {
    this.listener.start();
    await new Promise<void>((attempted) => {
      this.running = this.run(attempted);
    });
  }

  async onApplicationShutdown(): Promise<void> {
    this.stopped = true;
    this.listener.stop();
    this.reader?.close();
    this.wake();
    await this.running;
  }

  private wake(): void {
    this.wasWoken = true;
    this.endPause();
  }

  private async run(attempted: () => void): Promise<void> {
    for (let failures = 0; !this.stopped; failures += 1) {
      const { databaseUrl, maxEntries, maxTokenLifeSeconds } = this.options;
      const limit = maxEntries + 1;
      try {
        this.reader = await RevocationReader.connect({ databaseUrl, limit, maxTokenLifeSeconds });
        await this.follow(this.reader, () => {
          failures = 0;
          attempted();
        });
      } catch (error) {
        if (!this.stopped) this.report(error);
      }
      this.reader?.close();
      attempted();
      if (!this.stopped)
        await this.pause(RETRY_MS[Math.min(failures, RETRY_MS.length - 1)] ?? POLL_MS);
    }
  }

  /** A new connection may be to a server that was restored: it begins with everything there is. */
  private async follow(reader: RevocationReader, onRead: () => void): Promise<void> {
    let cursor = FROM_THE_BEGINNING;
    while (!this.stopped) {
      this.wasWoken = false;
      const sentAt = moment();
      const reading = await reader.read(cursor);
      if (!this.revoked.add(reading.sessionIds, sentAt.monotonic)) {
        this.freshAt = NEVER;
        throw new Error('There are more revoked sessions than REVOCATION_MAX_ENTRIES');
      }
      // Transaction ids never run backward, but behind a pooler the server can become another one.
      cursor = reading.cursor < cursor ? FROM_THE_BEGINNING : reading.cursor;
      this.freshAt = sentAt;
      this.reportRecovery();
      onRead();
      await this.pruneNowAndThen(reader, sentAt.monotonic);
      await this.pause(this.wasWoken ? BREATH_MS : POLL_MS);
    }
  }

  private async pruneNowAndThen(reader: RevocationReader, now: number): Promise<void> {
    if (now < this.pruneAt) return;
    // What goes wrong here, or takes too long, the next read meets too.
    const hasMore = await reader.prune().catch(() => false);
    this.pruneAt = now + (hasMore ? PRUNE_MORE_MS : PRUNE_EVERY_MS);
  }

  /** A notification ends a long pause; a short one is over soon enough. */
  private pause(milliseconds: number): Promise<void> {
    return new Promise((over) => {
      const end = () => {
        clearTimeout(timer);
        this.endPause = () => undefined;
        over();
      };
      const timer = setTimeout(end, milliseconds);
      if (milliseconds > BREATH_MS) this.endPause = end;
    });
  }

  private report(error: unknown): void {
    if (!this.isReading) return;
    this.isReading = false;
    const reason = error instanceof Error ? error.message || error.name : String(error);
    this.options.logger.error(`revocations cannot be read: ${reason}`);
  }

  private reportRecovery(): void {
    if (this.isReading) return;
    this.isReading = true;
    this.options.logger.log('revocations are read again');
  }
}
