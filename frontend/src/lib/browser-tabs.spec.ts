import { type BrowserTabs, createBrowserTabs, type TabMessage } from './browser-tabs';

/** As much of Web Locks as is used: one holder, the rest wait in line. */
class FakeLocks {
  #held = false;
  #waiting: (() => void)[] = [];

  async request<T>(
    _name: string,
    options: { ifAvailable?: boolean; signal?: AbortSignal },
    work: (lock: object | null) => Promise<T>,
  ): Promise<T> {
    if (this.#held && options.ifAvailable) return work(null);
    if (this.#held) await this.#turn(options.signal);
    this.#held = true;
    try {
      return await work({});
    } finally {
      this.#held = false;
      this.#waiting.shift()?.();
    }
  }

  #turn(signal: AbortSignal | undefined): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#waiting.push(resolve);
      signal?.addEventListener('abort', () => reject(signal.reason));
    });
  }
}

const setLocks = (locks: FakeLocks | undefined) =>
  Object.defineProperty(globalThis, 'navigator', { value: { locks }, configurable: true });

describe('the tabs of a browser', () => {
  const opened: BrowserTabs[] = [];
  const original = Object.getOwnPropertyDescriptor(globalThis, 'navigator');
  const open = () => {
    const tabs = createBrowserTabs();
    opened.push(tabs);
    return tabs;
  };

  afterEach(() => {
    for (const tabs of opened.splice(0)) tabs.close();
    if (original !== undefined) Object.defineProperty(globalThis, 'navigator', original);
    else Reflect.deleteProperty(globalThis, 'navigator');
  });

  it('work one at a time, and the one that waited is told so', async () => {
    setLocks(new FakeLocks());
    const log: string[] = [];
    const work = (name: string) => async (waited: boolean) => {
      log.push(`${name} begins${waited ? ' after waiting' : ''}`);
      await Promise.resolve();
      log.push(`${name} ends`);
    };
    await Promise.all([open().exclusively(work('first')), open().exclusively(work('second'))]);
    expect(log).toEqual([
      'first begins',
      'first ends',
      'second begins after waiting',
      'second ends',
    ]);
  });

  it('pass on what the work gives, and what it throws', async () => {
    setLocks(new FakeLocks());
    const tabs = open();
    expect(await tabs.exclusively(async () => 7)).toBe(7);
    const failure = tabs.exclusively(async () => {
      throw new Error('no luck');
    });
    await expect(failure).rejects.toThrow('no luck');
  });

  it('work each for itself where there are no Web Locks', async () => {
    setLocks(undefined);
    expect(await open().exclusively(async (waited) => waited)).toBe(false);
  });

  it('hear each other, and not themselves', async () => {
    setLocks(undefined);
    const [here, there] = [open(), open()];
    const message: TabMessage = { kind: 'ended', reason: 'signed out' };
    const own: TabMessage[] = [];
    here.listen((heard) => own.push(heard));
    const heard = new Promise<TabMessage>((resolve) => there.listen(resolve));
    here.post(message);
    expect(await heard).toEqual(message);
    expect(own).toEqual([]);
  });
});
