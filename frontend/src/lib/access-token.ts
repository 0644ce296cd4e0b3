import type { BrowserTabs } from './browser-tabs';
import type { AccessToken, TokenOutcome } from './token-endpoint';

/**
 * `ended`: from elsewhere, while the session should still have lived. `another user`: the cookie now
 * belongs to somebody else, who signed in in another tab.
 */
export type EndReason = 'signed out' | 'ended' | 'expired' | 'another user';

/** The session is over; nothing can be fetched for this user any more. */
export class SessionEndedError extends Error {
  override name = 'SessionEndedError';
}

/** No token for now. The session may well be alive: try again later. */
export class TokenUnavailableError extends Error {
  override name = 'TokenUnavailableError';
}

export interface AccessTokenOptions {
  /** Whose page this is. A token of anybody else never enters it. */
  userId: string;
  /** When the session was to end as far as the page knows, in milliseconds. */
  sessionEndsAt: number;
  tabs: BrowserTabs;
  fetchToken(): Promise<TokenOutcome>;
  onEnd(reason: EndReason): void;
}

/** How long a tab that waited for the lock gives the other tab's token to arrive. */
const BROADCAST_GRACE_MS = 250;
/** The same for a tab that got the lock at once, perhaps just after another tab gave it back. */
const SHORT_GRACE_MS = 50;
/** A token is handed out only while a request can still arrive with it. */
const USABLE_MS = 5_000;
const BACKOFF_MS = [1_000, 2_000, 5_000, 10_000, 30_000];

/**
 * Keeps this tab's access token: in memory only (FR-013), renewed in time and once for all tabs (US5).
 * Only the issuer's "no session" ends it; whatever else goes wrong is tried again.
 */
export class AccessTokenSource {
  #current: AccessToken | undefined;
  /** A renewal brought no longer life: the session is nearly over, and asking again changes nothing. */
  #isLast = false;
  #ended = false;
  #failures = 0;
  /** The session was promised to live until then; tokens of a session that slid on promise more. */
  #promisedUntil: number;
  #renewing: Promise<void> | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #arrivals = new Set<() => void>();
  readonly #options: AccessTokenOptions;

  constructor(options: AccessTokenOptions) {
    this.#options = options;
    this.#promisedUntil = options.sessionEndsAt;
    options.tabs.listen((message) => {
      if (message.kind === 'ended') this.#end(message.reason);
      else if (message.kind === 'token') this.#accept(message.token);
    });
  }

  /** A token good for a request now. */
  async get(): Promise<string> {
    this.#assertAlive();
    const now = Date.now();
    const token = this.#current;
    if (token !== undefined && now < token.expiresAt - USABLE_MS) {
      // After a failure the timer is at it already.
      const isDue = now >= token.renewAt && !this.#isLast && this.#failures === 0;
      if (isDue) this.#renewInBackground();
      return token.value;
    }
    await this.#renew();
    return this.#value();
  }

  /** A token in place of one that the API refused: the other tabs' newer one, or a fresh one. */
  async replace(refused: string): Promise<string> {
    this.#assertAlive();
    if (this.#current?.value === refused) {
      this.#current = undefined;
      this.#isLast = false;
    }
    return this.get();
  }

  /**
   * Asks the issuer whether the session still is what this page thinks: after a page came back from
   * the browser's history, say. If it is not, `onEnd` follows.
   */
  async recheck(): Promise<void> {
    this.#assertAlive();
    this.#current = undefined;
    this.#isLast = false;
    await this.#renew();
  }

  /**
   * Lets `work` replace this browser's session by another of the same user. Meanwhile no tab asks for
   * a token: by the cookie of the old session it would learn that it is over, and sign out every tab.
   */
  async whileSessionIsReplaced<T>(work: () => Promise<T>): Promise<T> {
    this.#assertAlive();
    return this.#options.tabs.exclusively(work);
  }

  /** The user signed out here: every tab follows. */
  signedOut(): void {
    this.#options.tabs.post({ kind: 'ended', reason: 'signed out' });
    this.#end('signed out');
  }

  /** Stops without a word, when the page goes away. */
  close(): void {
    this.#ended = true;
    clearTimeout(this.#timer);
    this.#options.tabs.close();
  }

  #renew(): Promise<void> {
    this.#renewing ??= this.#renewOnce().finally(() => (this.#renewing = undefined));
    return this.#renewing;
  }

  async #renewOnce(): Promise<void> {
    const { tabs } = this.#options;
    const before = this.#current;
    await tabs.exclusively(async (waited) => {
      const grace = waited ? BROADCAST_GRACE_MS : SHORT_GRACE_MS;
      // Without a token somebody is waiting, and a lock that was free says nothing.
      const worthWaiting = waited || before !== undefined;
      if (worthWaiting && this.#current === before) await this.#arrival(grace);
      this.#assertAlive();
      if (this.#current !== before && this.#current !== undefined) return;
      const outcome = await this.#options.fetchToken();
      this.#assertAlive();
      if (outcome.kind === 'unavailable') throw new TokenUnavailableError('No token right now');
      if (outcome.kind === 'no session') {
        const reason = Date.now() < this.#promisedUntil ? 'ended' : 'expired';
        tabs.post({ kind: 'ended', reason });
        this.#end(reason);
      } else {
        this.#accept(outcome.token);
        tabs.post({ kind: 'token', token: outcome.token });
      }
    });
    this.#assertAlive();
  }

  #renewInBackground(): void {
    this.#renew().catch((error: unknown) => {
      if (error instanceof TokenUnavailableError) this.#retryLater();
    });
  }

  #accept(token: AccessToken): void {
    if (this.#ended) return;
    if (token.userId !== this.#options.userId) return this.#end('another user');
    const lived = this.#current?.expiresAt ?? 0;
    // Measured on this clock, hence the tolerance.
    this.#isLast = this.#current !== undefined && token.expiresAt <= lived + 1_000;
    this.#current = token;
    this.#promisedUntil = Math.max(this.#promisedUntil, token.expiresAt);
    this.#failures = 0;
    for (const arrived of this.#arrivals) arrived();
    this.#wake(this.#isLast ? token.expiresAt : token.renewAt);
  }

  #end(reason: EndReason): void {
    if (this.#ended) return;
    this.#ended = true;
    this.#current = undefined;
    clearTimeout(this.#timer);
    this.#options.onEnd(reason);
  }

  #retryLater(): void {
    const pause = BACKOFF_MS[Math.min(this.#failures, BACKOFF_MS.length - 1)] ?? 30_000;
    this.#failures += 1;
    this.#wake(Date.now() + pause);
  }

  #wake(at: number): void {
    clearTimeout(this.#timer);
    if (this.#ended) return;
    this.#timer = setTimeout(() => this.#renewInBackground(), Math.max(0, at - Date.now()));
  }

  #arrival(grace: number): Promise<void> {
    return new Promise((resolve) => {
      const done = () => {
        this.#arrivals.delete(done);
        clearTimeout(timer);
        resolve();
      };
      const timer = setTimeout(done, grace);
      this.#arrivals.add(done);
    });
  }

  #value(): string {
    if (this.#current === undefined) throw new TokenUnavailableError('No token right now');
    return this.#current.value;
  }

  #assertAlive(): void {
    if (this.#ended) throw new SessionEndedError('The session is over');
  }
}
