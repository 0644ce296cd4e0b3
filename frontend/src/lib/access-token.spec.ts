import { FakeBrowser } from '../../test/support/fake-browser';
import { AccessTokenSource, SessionEndedError, TokenUnavailableError } from './access-token';
import type { AccessToken, TokenOutcome } from './token-endpoint';

const MINUTE = 60_000;

describe('the access token of a tab', () => {
  let browser: FakeBrowser;
  let fetchToken: jest.Mock<Promise<TokenOutcome>, []>;
  let count: number;
  let ended: string[];
  let sources: AccessTokenSource[];

  beforeEach(() => {
    jest.useFakeTimers({ now: 0 });
    browser = new FakeBrowser();
    count = 0;
    ended = [];
    sources = [];
    fetchToken = jest.fn(async () => ({ kind: 'issued' as const, token: fresh() }));
  });
  afterEach(() => {
    for (const source of sources) source.close();
    jest.useRealTimers();
  });

  function fresh(changes: Partial<AccessToken> = {}): AccessToken {
    count += 1;
    const now = Date.now();
    return {
      value: `token-${count}`,
      userId: 'livia',
      renewAt: now + 10 * MINUTE,
      expiresAt: now + 15 * MINUTE,
      ...changes,
    };
  }

  function openTab(userId = 'livia', sessionEndsAt = 0): AccessTokenSource {
    const source = new AccessTokenSource({
      userId,
      sessionEndsAt,
      tabs: browser.openTab(),
      fetchToken,
      onEnd: (reason) => ended.push(reason),
    });
    sources.push(source);
    return source;
  }

  it('is fetched once for all calls that need it at the same time', async () => {
    const tab = openTab();
    expect(await Promise.all([tab.get(), tab.get(), tab.get()])).toEqual(
      Array.from({ length: 3 }, () => 'token-1'),
    );
    expect(fetchToken).toHaveBeenCalledTimes(1);
  });

  it('is renewed when its time comes, without anybody asking, and not before (US5)', async () => {
    const tab = openTab();
    await tab.get();
    await jest.advanceTimersByTimeAsync(10 * MINUTE - 1);
    expect(fetchToken).toHaveBeenCalledTimes(1);
    await jest.advanceTimersByTimeAsync(1_000);
    expect(fetchToken).toHaveBeenCalledTimes(2);
    expect(await tab.get()).toBe('token-2');
  });

  it('is renewed once for all tabs (US5)', async () => {
    const tabs = [openTab(), openTab(), openTab()];
    for (const tab of tabs) await whileTimePasses(tab.get());
    fetchToken.mockClear();
    await jest.advanceTimersByTimeAsync(10 * MINUTE);
    await jest.advanceTimersByTimeAsync(1_000);
    expect(fetchToken).toHaveBeenCalledTimes(1);
    const values = await Promise.all(tabs.map((tab) => tab.get()));
    expect(new Set(values).size).toBe(1);
  });

  it('is fetched by the next tab when the one that held the lock failed', async () => {
    fetchToken.mockResolvedValueOnce({ kind: 'unavailable' });
    const [first, second] = [openTab(), openTab()];
    const answers = Promise.allSettled([first.get(), second.get()]);
    await jest.advanceTimersByTimeAsync(1_000);
    const [one, two] = await answers;
    expect(one.status).toBe('rejected');
    expect(two).toEqual({ status: 'fulfilled', value: 'token-1' });
  });

  it('is not renewed again when a new one would live no longer: the session is nearly over', async () => {
    const end = 3 * MINUTE;
    fetchToken.mockImplementation(async () => ({
      kind: 'issued',
      token: fresh({ renewAt: 2 * MINUTE, expiresAt: end }),
    }));
    const tab = openTab();
    await tab.get();
    await jest.advanceTimersByTimeAsync(2.5 * MINUTE);
    await tab.get();
    expect(fetchToken).toHaveBeenCalledTimes(2);
    fetchToken.mockResolvedValue({ kind: 'no session' });
    await jest.advanceTimersByTimeAsync(MINUTE);
    expect(ended).toEqual(['expired']);
  });

  it('ends with the session when, and only when, the issuer says so (US5)', async () => {
    const tab = openTab();
    fetchToken.mockResolvedValueOnce({ kind: 'unavailable' });
    await expect(tab.get()).rejects.toThrow(TokenUnavailableError);
    expect(ended).toEqual([]);
    fetchToken.mockResolvedValueOnce({ kind: 'no session' });
    await expect(tab.get()).rejects.toThrow(SessionEndedError);
    expect(ended).toEqual(['expired']);
  });

  it('stays good through an outage, while the renewal is tried again with growing pauses', async () => {
    const tab = openTab();
    await tab.get();
    fetchToken.mockResolvedValue({ kind: 'unavailable' });
    await jest.advanceTimersByTimeAsync(10 * MINUTE + 8_500);
    // At once, then after 1, 2 and 5 seconds.
    expect(fetchToken).toHaveBeenCalledTimes(5);
    expect(await tab.get()).toBe('token-1');
    fetchToken.mockResolvedValue({ kind: 'issued', token: fresh() });
    await jest.advanceTimersByTimeAsync(10_000);
    expect(await tab.get()).toBe('token-2');
    expect(ended).toEqual([]);
  });

  it('is gone from every tab after a sign-out in one, and nothing brings it back (FR-008)', async () => {
    const [here, there] = [openTab(), openTab()];
    await whileTimePasses(here.get());
    here.signedOut();
    await jest.advanceTimersByTimeAsync(10);
    expect(ended).toEqual(['signed out', 'signed out']);
    browser.deliver({ kind: 'token', token: fresh() });
    await expect(here.get()).rejects.toThrow(SessionEndedError);
    await expect(there.get()).rejects.toThrow(SessionEndedError);
  });

  it('does not come back when the sign-out overtakes a renewal that is under way', async () => {
    const outcome: TokenOutcome = { kind: 'issued', token: fresh() };
    fetchToken.mockReturnValueOnce(
      new Promise((resolve) => {
        setTimeout(() => resolve(outcome), 100);
      }),
    );
    const tab = openTab();
    const asked = whileTimePasses(tab.get());
    tab.signedOut();
    await expect(asked).rejects.toThrow(SessionEndedError);
    expect(browser.posted).toEqual([{ kind: 'ended', reason: 'signed out' }]);
  });

  it.each(['by the issuer', 'by another tab'])(
    'never becomes another user’s, when one is offered %s',
    async (offered) => {
      const tab = openTab();
      await tab.get();
      const token = fresh({ userId: 'nero' });
      if (offered === 'by another tab') browser.deliver({ kind: 'token', token });
      else {
        fetchToken.mockResolvedValue({ kind: 'issued', token });
        await jest.advanceTimersByTimeAsync(11 * MINUTE);
      }
      expect(ended).toEqual(['another user']);
      await expect(tab.get()).rejects.toThrow(SessionEndedError);
    },
  );

  it('is replaced once when the API refuses it, for all calls that were refused', async () => {
    const tab = openTab();
    const refused = await tab.get();
    const values = await Promise.all([tab.replace(refused), tab.replace(refused)]);
    expect(values).toEqual(['token-2', 'token-2']);
    expect(await tab.replace(refused)).toBe('token-2');
    expect(fetchToken).toHaveBeenCalledTimes(2);
  });

  it('is asked for anew when the page comes back from history, and ends if the session did', async () => {
    const tab = openTab();
    await tab.get();
    fetchToken.mockResolvedValue({ kind: 'no session' });
    await expect(tab.recheck()).rejects.toThrow(SessionEndedError);
    expect(ended).toEqual(['ended']);
  });

  it('tells every tab whether the session was ended from elsewhere, or its time was over', async () => {
    const sessionEndsAt = 60 * MINUTE;
    const tabs = [openTab('livia', sessionEndsAt), openTab('livia', sessionEndsAt)];
    fetchToken.mockResolvedValue({ kind: 'no session' });
    await jest.advanceTimersByTimeAsync(sessionEndsAt - 1_000);
    await tabs[0]?.get().catch(() => undefined);
    await jest.advanceTimersByTimeAsync(10);
    expect(ended).toEqual(['ended', 'ended']);
    await jest.advanceTimersByTimeAsync(1_000);
    await openTab('livia', sessionEndsAt)
      .get()
      .catch(() => undefined);
    expect(ended.at(-1)).toBe('expired');
  });

  it('is not asked for by any tab while the session is being replaced by a new one', async () => {
    const [here, there] = [openTab(), openTab()];
    let asked: Promise<string> | undefined;
    const answer = await here.whileSessionIsReplaced(async () => {
      asked = there.get();
      await jest.advanceTimersByTimeAsync(5_000);
      expect(fetchToken).not.toHaveBeenCalled();
      return 'done';
    });
    expect(answer).toBe('done');
    await jest.advanceTimersByTimeAsync(1_000);
    expect(await asked).toBe('token-1');
  });
});

/** Awaits something that in turn waits for timers. */
async function whileTimePasses<T>(work: Promise<T>): Promise<T> {
  const settled = work.then(
    () => undefined,
    () => undefined,
  );
  await jest.advanceTimersByTimeAsync(1_000);
  await settled;
  return work;
}
