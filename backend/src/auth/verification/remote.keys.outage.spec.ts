import {
  CACHE_AGE_MS,
  COOLDOWN_MS,
  sleep,
  useRemoteKeys,
} from '../../../test/support/remote-keys.fixture.js';
import { answers } from '../../../test/support/test-issuer.js';
import { AsymmetricKey } from './asymmetric.key.js';
import { KeysUnavailableError } from './key.set.js';

const the = useRemoteKeys();
const expectUnavailable = (kid: string) =>
  expect(the.find(kid)).rejects.toThrow(KeysUnavailableError);

describe('while the issuer is out', () => {
  const outages = [
    ['hangs up', answers.hangUp],
    ['fails', answers.status(500)],
    ['has moved', answers.status(302, { location: 'http://127.0.0.1:1/' })],
    ['answers with garbage', answers.body('<html>')],
    ['answers without end', answers.endless],
  ] as const;

  it.each(outages)('and %s, without a set, nobody can say what a key is', async (_, outage) => {
    the.issuer.answer = outage;
    await expectUnavailable('a');
    await expectUnavailable('a');
    expect(the.keys.isReady).toBe(false);
    expect(the.issuer.requests).toHaveLength(1);
  });

  it.each(outages)('and %s, the last good set stays in use', async (_, outage) => {
    const a = the.issuer.publish('ES256', 'a');
    const before = await the.known(a);
    the.issuer.answer = outage;
    await the.refresh();
    expect(the.keys.find('a')).toBe(before);
    expect(() => the.keys.find('unknown')).toThrow(KeysUnavailableError);
    expect(the.keys.isReady).toBe(true);
    expect(the.lines).toHaveLength(1);
    expect(the.lines[0]).toMatch(
      /^warn The key set of the issuer cannot be fetched: .*stays in use\.$/,
    );
  });

  it('the issuer is asked again soon, then once per cooldown, and told of once', async () => {
    the.issuer.publish('ES256', 'a');
    await the.find('a');
    the.issuer.answer = answers.status(503);
    await the.refresh();
    for (const seconds of [1, 2, 4, 8, 16, 30, 30, 30]) {
      expect(the.keys.find('a')).toBeInstanceOf(AsymmetricKey);
      const pause = await the.refresh();
      expect(pause).toBeGreaterThanOrEqual(seconds * 800);
      expect(pause).toBeLessThanOrEqual(seconds * 900);
    }
    expect(the.lines).toHaveLength(1);
    the.issuer.answer = undefined;
    const b = the.issuer.publish('ES256', 'b');
    await the.refresh();
    expect(await the.known(b)).toBeInstanceOf(AsymmetricKey);
    expect(the.keys.find('unknown')).toBeUndefined();
    expect(the.lines.slice(1)).toEqual(['log The key set of the issuer can be fetched again.']);
  });

  it('from the start, the first set comes by itself', async () => {
    the.issuer.answer = answers.hangUp;
    await expectUnavailable('a');
    expect(the.lines[0]).toMatch(/ECONNRESET\. No token is accepted without one\.$/);
    the.issuer.answer = undefined;
    const a = the.issuer.publish('ES256', 'a');
    await the.refresh();
    expect(await the.known(a)).toBeInstanceOf(AsymmetricKey);
  });

  it('unknown kids cause no more fetches than at other times', async () => {
    the.issuer.answer = answers.hangUp;
    await expectUnavailable('a');
    sleep(COOLDOWN_MS - 1);
    for (let index = 0; index < 1000; index += 1) await expectUnavailable(`unknown ${index}`);
    expect(the.issuer.requests).toHaveLength(1);
    sleep(1);
    await expectUnavailable('unknown');
    expect(the.issuer.requests).toHaveLength(2);
  });

  it('a machine that slept longer than the cache age asks before it believes the old set', async () => {
    const a = the.issuer.publish('ES256', 'a');
    await the.find('a');
    the.issuer.answer = answers.hangUp;
    await the.refresh();
    the.issuer.answer = undefined;
    the.issuer.withdraw(a);
    sleep(CACHE_AGE_MS);
    expect(await the.find('a')).toBeUndefined();
  });

  it.each(['silence', 'unfinished'] as const)(
    'a fetch that ends in %s is given up after its time-out',
    async (kind) => {
      the.issuer.answer = answers[kind];
      const asked = the.issuer.nextRequest();
      const found = the.find('a');
      await asked;
      jest.advanceTimersByTime(3_000);
      await expect(found).rejects.toThrow(KeysUnavailableError);
      expect(the.lines).toEqual([expect.stringContaining('no answer in time')]);
    },
  );
});
