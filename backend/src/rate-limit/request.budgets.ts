import { TooManyRequestsException } from '../http/too-many-requests.exception.js';

const WINDOW_MS = 60_000;
const MAX_CALLERS = 100_000;

interface Window {
  readonly endsAt: number;
  requests: number;
}

/**
 * Requests per minute and caller, in memory: a fixed window that starts with the caller's first
 * request. No timers, no promises, and no more memory than that of `maxCallers`: in a flood from
 * more addresses than that, the late ones share one window.
 */
export class RequestBudgets {
  /** In the order in which they end, as all are of one length. */
  private readonly windows = new Map<string, Window>();

  /** @param limit requests per minute and caller; 0 for no limit */
  constructor(
    private readonly limit: number,
    private readonly maxCallers = MAX_CALLERS,
  ) {}

  /** @throws TooManyRequestsException when the caller has spent its budget */
  spend(caller: string): void {
    if (this.limit === 0) return;
    const now = performance.now();
    const window = this.windowOf(caller, now);
    window.requests += 1;
    if (window.requests <= this.limit) return;
    throw new TooManyRequestsException(Math.ceil((window.endsAt - now) / 1000));
  }

  private windowOf(caller: string, now: number): Window {
    const running = this.windows.get(caller);
    if (running !== undefined && running.endsAt > now) return running;
    for (const [name, { endsAt }] of this.windows) {
      if (endsAt > now) break;
      this.windows.delete(name);
    }
    // The name of no caller: an address or a user id is never empty.
    if (this.windows.size >= this.maxCallers && caller !== '') return this.windowOf('', now);
    const window = { endsAt: now + WINDOW_MS, requests: 0 };
    this.windows.set(caller, window);
    return window;
  }
}
