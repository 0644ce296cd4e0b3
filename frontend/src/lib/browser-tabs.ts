import type { AccessToken } from './token-endpoint';

export type TabMessage =
  | { kind: 'token'; token: AccessToken }
  | { kind: 'ended'; reason: 'signed out' | 'ended' | 'expired' };

/** The other tabs of this browser, as far as the access token concerns them. */
export interface BrowserTabs {
  /** One tab at a time. `waited` tells the work that another tab has just done the same. */
  exclusively<T>(work: (waited: boolean) => Promise<T>): Promise<T>;
  post(message: TabMessage): void;
  listen(listener: (message: TabMessage) => void): void;
  close(): void;
}

const NAME = 'tessera-access-token';
/** Longer than one renewal takes; after that the tab in front of us is taken for frozen. */
const LOCK_PATIENCE_MS = 12_000;

/** By Web Locks and BroadcastChannel; where a browser lacks them each tab looks after itself. */
export function createBrowserTabs(): BrowserTabs {
  const channel = typeof BroadcastChannel === 'undefined' ? undefined : new BroadcastChannel(NAME);
  const locks: LockManager | undefined = globalThis.navigator?.locks;

  return {
    async exclusively(work) {
      if (locks === undefined) return work(false);
      const free = await locks.request(NAME, { ifAvailable: true }, async (lock) =>
        lock === null ? undefined : { value: await work(false) },
      );
      if (free !== undefined) return free.value;
      const signal = AbortSignal.timeout(LOCK_PATIENCE_MS);
      try {
        return await locks.request(NAME, { signal }, () => work(true));
      } catch (error) {
        if (error instanceof DOMException && signal.aborted) return work(true);
        throw error;
      }
    },
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a channel has one origin
    post: (message) => channel?.postMessage(message),
    listen(listener) {
      channel?.addEventListener('message', (event: MessageEvent<TabMessage>) =>
        listener(event.data),
      );
    },
    close: () => channel?.close(),
  };
}
