import { withoutStackTrace } from '../without-stack-trace.js';
import type { AsymmetricKey } from './asymmetric.key.js';
import { fetchKeySet } from './key-set.fetcher.js';
import { parseKeySet, type IgnoredKey, type KnownKey } from './key-set.parser.js';
import { KeysUnavailableError, type KeySet } from './key.set.js';

/** What is told about a key set; Nest's Logger will do. */
export interface KeySetLogger {
  log(message: string): void;
  warn(message: string): void;
  error(message: string): void;
}

export interface RemoteKeysOptions {
  readonly url: URL | string;
  /** How old the key set becomes, and how long a key that is withdrawn is still accepted. Default 300. */
  readonly cacheAgeSeconds?: number;
  /** Tokens with unknown keys cause a fetch at most once in this time. Default 30. */
  readonly cooldownSeconds?: number;
  /** For the whole answer. Default 3000. */
  readonly timeoutMs?: number;
  /** The current time in milliseconds. Default `Date.now`. */
  readonly now?: () => number;
  readonly logger: KeySetLogger;
}

/** The pause after a first failure. It doubles up to the cooldown: an issuer that restarts is soon back. */
const FIRST_RETRY_MS = 1_000;
/** A timer ends after 80 to 90 % of its time: before any request would have to wait for the fetch, */
const LATEST = 0.9;
/** and not for all instances that started together at one moment. */
const JITTER = 0.1;

/**
 * The public keys that another party, the issuer, publishes (RFC 7517). They are fetched in the
 * background; the last good set stays in use while none can be fetched. A well-formed empty set is
 * the issuer's word: all its keys are withdrawn.
 *
 * jose's `createRemoteJWKSet` would not do: it answers by promises only, lets requests fetch without
 * a pause while the issuer is out, and gives up a set for its age.
 */
export class RemoteKeys implements KeySet {
  private readonly url: URL;
  private readonly cacheAgeMs: number;
  private readonly cooldownMs: number;
  private readonly timeoutMs: number;
  private readonly now: () => number;
  private readonly logger: KeySetLogger;

  private keys: ReadonlyMap<string, KnownKey> | undefined;
  private complaints: ReadonlySet<string> = new Set();
  /** Failed fetches since the last good one. */
  private failures = 0;
  /** When the outcome of the last fetch counts. */
  private fresh = { from: 0, until: 0 };
  private coolUntil = 0;

  private pending: Promise<void> | undefined;
  private attempt: AbortController | undefined;
  private timer: NodeJS.Timeout | undefined;
  private isStopped = false;

  constructor(options: RemoteKeysOptions) {
    this.url = new URL(options.url);
    this.cacheAgeMs = (options.cacheAgeSeconds ?? 300) * 1000;
    this.cooldownMs = (options.cooldownSeconds ?? 30) * 1000;
    this.timeoutMs = options.timeoutMs ?? 3_000;
    this.now = options.now ?? Date.now;
    this.logger = options.logger;
  }

  /** Whether there is a key set, of whatever age. */
  get isReady(): boolean {
    return this.keys !== undefined;
  }

  /** Begins the first fetch, and does not wait for it. */
  start(): void {
    void this.refresh();
  }

  /** Ends all fetching. The keys that are known stay in use, for requests that are still under way. */
  stop(): void {
    this.isStopped = true;
    clearTimeout(this.timer);
    this.attempt?.abort();
  }

  /** Nest's name for the moment to {@link start}, if the keys are a provider. */
  onModuleInit(): void {
    this.start();
  }

  /** And to {@link stop}. */
  onModuleDestroy(): void {
    this.stop();
  }

  find(kid: string | undefined): AsymmetricKey | undefined | Promise<AsymmetricKey | undefined> {
    // Such a token may mean any key of the set, and none is tried on suspicion.
    if (kid === undefined) return undefined;
    return this.isStopped || this.isSettled(kid)
      ? this.answer(kid)
      : this.refresh().then(() => this.answer(kid));
  }

  /** Whether a fetch is not due and would not help. */
  private isSettled(kid: string): boolean {
    const now = this.now();
    // Asked besides the timer, which stands still with a machine that sleeps. A clock that was set
    // back ends freshness too: how old the set is, nobody knows then.
    if (now < this.fresh.from || now >= this.fresh.until) return false;
    return this.keys?.has(kid) === true || (this.pending === undefined && now < this.coolUntil);
  }

  private answer(kid: string): AsymmetricKey | undefined {
    const known = this.keys?.get(kid);
    if (known === undefined && (this.keys === undefined || this.failures > 0)) {
      // It may be new, so nobody can call it unknown.
      throw withoutStackTrace(
        () => new KeysUnavailableError('the key set of the issuer cannot be fetched'),
      );
    }
    return known?.key;
  }

  /** All who come while a fetch is under way share it. */
  private refresh(): Promise<void> {
    this.pending ??= this.fetch().finally(() => {
      this.pending = undefined;
    });
    return this.pending;
  }

  private async fetch(): Promise<void> {
    clearTimeout(this.timer);
    const begun = this.now();
    const attempt = new AbortController();
    this.attempt = attempt;
    const deadline = setTimeout(() => attempt.abort(), this.timeoutMs).unref();
    const fetched = await fetchKeySet(this.url, attempt.signal);
    clearTimeout(deadline);
    if (this.isStopped) return;
    if (fetched.ok) {
      this.succeed(fetched.entries);
      this.plan(begun, this.cacheAgeMs, this.cacheAgeMs);
    } else {
      this.fail(fetched.reason);
      const pause = Math.min(this.cooldownMs, FIRST_RETRY_MS * 2 ** (this.failures - 1));
      // The last good set serves without waiting, also while the next attempts run into their time-out.
      this.plan(this.now(), pause, Math.max(this.cooldownMs, this.cacheAgeMs));
    }
  }

  private plan(from: number, nextMs: number, freshMs: number): void {
    const now = this.now();
    this.fresh = { from, until: from + freshMs };
    this.coolUntil = now + this.cooldownMs;
    const delay = from + nextMs * (LATEST - JITTER * Math.random()) - now;
    this.timer = setTimeout(() => void this.refresh(), delay).unref();
  }

  private succeed(entries: readonly unknown[]): void {
    if (this.failures > 0) this.logger.log('The key set of the issuer can be fetched again.');
    this.failures = 0;
    const { keys, ignored } = parseKeySet(entries, this.keys ?? new Map());
    this.keys = keys;
    const before = this.complaints;
    this.complaints = new Set(ignored.map(toComplaint));
    for (const complaint of ignored) {
      // Once, and not at every refresh.
      if (before.has(toComplaint(complaint))) continue;
      if (complaint.flaw === 'is a private key, which everybody knows now') {
        this.logger.error(toComplaint(complaint));
      } else this.logger.warn(toComplaint(complaint));
    }
  }

  private fail(reason: string): void {
    this.failures += 1;
    if (this.failures > 1) return;
    const rest = this.isReady ? 'The last one stays in use.' : 'No token is accepted without one.';
    this.logger.warn(`The key set of the issuer cannot be fetched: ${reason}. ${rest}`);
  }
}

function toComplaint({ kid, flaw }: IgnoredKey): string {
  const name = kid === undefined ? 'one without a usable kid' : JSON.stringify(kid);
  return `A key of the issuer is ignored: ${name} ${flaw}.`;
}
