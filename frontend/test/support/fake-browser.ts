import type { BrowserTabs, TabMessage } from '@/lib/browser-tabs';

/** One browser with several tabs: one lock, and a channel that delivers a little later. */
export class FakeBrowser {
  #queue: Promise<unknown> = Promise.resolve();
  #running = 0;
  readonly #listeners = new Map<object, (message: TabMessage) => void>();
  readonly posted: TabMessage[] = [];

  openTab(): BrowserTabs {
    const self = {};
    return {
      exclusively: (work) => {
        const waited = this.#running > 0;
        this.#running += 1;
        const result = this.#queue.then(() => work(waited));
        this.#queue = result.catch(() => undefined).finally(() => (this.#running -= 1));
        return result;
      },
      post: (message) => {
        this.posted.push(message);
        for (const [tab, listener] of this.#listeners) {
          if (tab !== self) setTimeout(() => listener(message), 5);
        }
      },
      listen: (listener) => this.#listeners.set(self, listener),
      close: () => this.#listeners.delete(self),
    };
  }

  /** A message as if from a tab that the test does not have. */
  deliver(message: TabMessage): void {
    for (const listener of this.#listeners.values()) listener(message);
  }
}
