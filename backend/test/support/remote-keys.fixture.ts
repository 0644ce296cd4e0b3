import type { AsymmetricKey } from '../../src/auth/verification/asymmetric.key.js';
import { RemoteKeys } from '../../src/auth/verification/remote.keys.js';
import { TestIssuer, type IssuerKey } from './test-issuer.js';

export const CACHE_AGE_MS = 300_000;
export const COOLDOWN_MS = 30_000;

/** Time passes, and no timer runs: the process or its machine sleeps. */
export const sleep = (milliseconds: number) => jest.setSystemTime(Date.now() + milliseconds);

/** An issuer and the keys that are fetched from it, for one test. */
class RemoteKeysFixture {
  issuer: TestIssuer;
  keys: RemoteKeys;
  /** What was logged. */
  lines: string[];

  async begin(): Promise<void> {
    this.issuer = await TestIssuer.start();
    this.lines = [];
    const write = (level: string) => (message: string) =>
      void this.lines.push(`${level} ${message}`);
    const logger = { log: write('log'), warn: write('warn'), error: write('error') };
    this.keys = new RemoteKeys({ url: this.issuer.url, logger });
  }

  async end(): Promise<void> {
    this.keys.stop();
    await this.issuer.close();
  }

  /** Like `keys.find`, with all its outcomes as a promise. */
  async find(kid: string): Promise<AsymmetricKey | undefined> {
    return this.keys.find(kid);
  }

  /** The key that was published as this one. */
  async known(key: IssuerKey): Promise<AsymmetricKey> {
    const found = await this.find(key.kid);
    if (found?.algorithm !== key.algorithm) throw new Error(`no such key: ${key.kid}`);
    return found;
  }

  /** Publishes a key and waits until it is known. */
  async published(kid: string): Promise<IssuerKey> {
    const key = this.issuer.publish('ES256', kid);
    await this.known(key);
    return key;
  }

  /** Lets time pass until the timer begins the next fetch. Returns how much that was. */
  async nextFetch(): Promise<number> {
    const start = Date.now();
    const asked = this.issuer.nextRequest();
    jest.advanceTimersToNextTimer();
    await asked;
    return Date.now() - start;
  }

  /** The same, and waits until the fetch has ended. */
  async refresh(): Promise<number> {
    const passed = await this.nextFetch();
    await this.settled();
    return passed;
  }

  /** Whoever asks for a key that nobody knows shares the fetch that is under way. */
  async settled(): Promise<void> {
    await this.find('nobody').catch(() => undefined);
  }
}

/** Timers and `Date` stand still until a test moves them; the connections are real. */
export function useRemoteKeys(): RemoteKeysFixture {
  const fixture = new RemoteKeysFixture();
  beforeEach(async () => {
    jest.useFakeTimers({
      doNotFake: ['nextTick', 'setImmediate', 'queueMicrotask', 'hrtime', 'performance'],
    });
    await fixture.begin();
  });
  afterEach(async () => {
    await fixture.end();
    jest.useRealTimers();
  });
  return fixture;
}
