import {
  CACHE_AGE_MS,
  COOLDOWN_MS,
  sleep,
  useRemoteKeys,
} from '../../../test/support/remote-keys.fixture.js';
import { AsymmetricKey } from './asymmetric.key.js';
import { KeysUnavailableError } from './key.set.js';

const the = useRemoteKeys();

describe('RemoteKeys', () => {
  it('fetches once for all who ask before there is a set', async () => {
    const key = the.issuer.publish('ES256', 'a');
    const found = await Promise.all(Array.from({ length: 1000 }, () => the.find('a')));
    expect(new Set(found).size).toBe(1);
    expect(await the.known(key)).toBeInstanceOf(AsymmetricKey);
    expect(the.issuer.requests).toHaveLength(1);
  });

  it('starts without waiting, is ready with the first set, and answers at once from then on', async () => {
    the.issuer.publish('ES256', 'a');
    the.keys.start();
    expect(the.keys.isReady).toBe(false);
    await the.find('a');
    expect(the.keys.isReady).toBe(true);
    expect(the.keys.find('a')).toBeInstanceOf(AsymmetricKey);
  });

  it('has no key for a token without kid, and fetches none', () => {
    expect(the.keys.find(undefined)).toBeUndefined();
    expect(the.issuer.requests).toHaveLength(0);
  });

  it('has no key for names that objects have', async () => {
    expect(await the.find('constructor')).toBeUndefined();
    expect(the.keys.find('__proto__')).toBeUndefined();
  });
});

describe('an unknown kid', () => {
  it('costs one fetch per cooldown, however many there are', async () => {
    the.issuer.publish('ES256', 'a');
    await the.find('a');
    sleep(COOLDOWN_MS);
    const unknown = (_: unknown, index: number) => the.find(`unknown ${index}`);
    const found = await Promise.all(Array.from({ length: 1000 }, unknown));
    expect(found.every((key) => key === undefined)).toBe(true);
    expect(the.issuer.requests).toHaveLength(2);
    sleep(COOLDOWN_MS - 1);
    expect(the.keys.find('unknown')).toBeUndefined();
    expect(the.issuer.requests).toHaveLength(2);
    sleep(1);
    await the.find('unknown');
    expect(the.issuer.requests).toHaveLength(3);
    // Nor does it add to the refreshes.
    expect(jest.getTimerCount()).toBe(1);
  });

  it('is found when the issuer has published it meanwhile', async () => {
    await the.find('a');
    const key = the.issuer.publish('EdDSA', 'a');
    sleep(COOLDOWN_MS);
    expect(await the.known(key)).toBeInstanceOf(AsymmetricKey);
  });

  it('lets nobody wait whose key is known', async () => {
    the.issuer.publish('ES256', 'a');
    await the.find('a');
    sleep(COOLDOWN_MS);
    the.issuer.hold();
    const asked = the.issuer.nextRequest();
    const unknown = the.find('unknown');
    await asked;
    expect(the.keys.find('a')).toBeInstanceOf(AsymmetricKey);
    the.issuer.release();
    expect(await unknown).toBeUndefined();
  });

  it('waits for a fetch that is under way, also in the cooldown', async () => {
    await the.find('a');
    the.issuer.hold();
    await the.nextFetch();
    const key = the.issuer.publish('ES256', 'a');
    const found = the.find('a');
    the.issuer.release();
    expect((await found)?.algorithm).toBe(key.algorithm);
  });
});

describe('the cache age', () => {
  it('is not reached: the set is refreshed in the background, again and again', async () => {
    the.issuer.publish('ES256', 'a');
    const key = await the.find('a');
    for (let age = 0; age < 3; age += 1) {
      the.issuer.hold();
      expect(await the.nextFetch()).toBeLessThan(CACHE_AGE_MS);
      expect(the.keys.find('a')).toBeInstanceOf(AsymmetricKey);
      the.issuer.release();
      await the.settled();
      // Or what it verified would have to be verified again.
      expect(the.keys.find('a')).toBe(key);
    }
    expect(the.issuer.requests).toHaveLength(4);
  });

  it.each([
    [0, 0.9],
    [0.5, 0.85],
    [1, 0.8],
  ])(
    'differs for instances that started together: drawn %d, refreshed at %d',
    async (drawn, at) => {
      const random = jest.spyOn(Math, 'random').mockReturnValue(drawn);
      await the.find('a');
      random.mockRestore();
      const start = Date.now();
      const asked = the.issuer.nextRequest();
      jest.advanceTimersToNextTimer();
      await asked;
      expect(Date.now() - start).toBe(Math.ceil(CACHE_AGE_MS * at));
    },
  );

  it('ends the use of a key that was withdrawn', async () => {
    const [a, b] = [the.issuer.publish('ES256', 'a'), the.issuer.publish('ES256', 'b')];
    await the.find('a');
    the.issuer.withdraw(a);
    await the.refresh();
    expect(the.keys.find('a')).toBeUndefined();
    expect(await the.known(b)).toBeInstanceOf(AsymmetricKey);
  });

  it('ends the use of all keys when the set is empty, which is the issuer’s word', async () => {
    the.issuer.withdraw(the.issuer.publish('ES256', 'a'), await the.published('b'));
    await the.refresh();
    expect(the.keys.find('b')).toBeUndefined();
    expect(the.keys.isReady).toBe(true);
    expect(the.lines).toEqual([]);
  });

  it('counts also when the timer stood still', async () => {
    const a = the.issuer.publish('ES256', 'a');
    await the.find('a');
    the.issuer.withdraw(a);
    sleep(CACHE_AGE_MS - 1);
    expect(the.keys.find('a')).toBeInstanceOf(AsymmetricKey);
    sleep(1);
    expect(await the.find('a')).toBeUndefined();
  });

  it('counts from when the set was asked for, not from when it came', async () => {
    const a = the.issuer.publish('ES256', 'a');
    the.issuer.hold();
    const asked = the.issuer.nextRequest();
    const found = the.find('a');
    await asked;
    sleep(2_000);
    the.issuer.release();
    await found;
    the.issuer.withdraw(a);
    sleep(CACHE_AGE_MS - 2_000);
    expect(await the.find('a')).toBeUndefined();
  });

  it('is nobody’s guess after the clock was set back: the set is fetched', async () => {
    const a = the.issuer.publish('ES256', 'a');
    await the.find('a');
    the.issuer.withdraw(a);
    sleep(-1);
    expect(await the.find('a')).toBeUndefined();
  });
});

describe('entries of the set that are no keys', () => {
  it('are told once, and cost the others nothing', async () => {
    const a = the.issuer.publish('ES256', 'a');
    the.issuer.published.push(
      { ...a.jwk, kid: 'secret', kty: 'oct' },
      { ...a.jwk, kid: undefined },
    );
    the.issuer.published.push({ ...a.jwk, kid: 'enc\n', use: 'enc' });
    expect(await the.known(a)).toBeInstanceOf(AsymmetricKey);
    expect(await the.find('enc\n')).toBeUndefined();
    const told = [
      'warn A key of the issuer is ignored: "secret" is of no algorithm that is accepted here.',
      'warn A key of the issuer is ignored: one without a usable kid has malformed members.',
      String.raw`warn A key of the issuer is ignored: "enc\n" is not for signatures.`,
    ];
    expect(the.lines).toEqual(told);
    await the.refresh();
    expect(the.lines).toEqual(told);
    the.issuer.published.push({ ...a.jwk, kid: 'another', use: 'enc' });
    await the.refresh();
    expect(the.lines).toHaveLength(told.length + 1);
  });

  it('are told as an error if they are private, without a word of the key', async () => {
    const a = the.issuer.publish('ES256', 'a');
    const leaked = { ...a.privateKey.export({ format: 'jwk' }), kid: 'leaked', alg: 'ES256' };
    the.issuer.published.push(leaked);
    expect(await the.find('leaked')).toBeUndefined();
    expect(the.lines).toEqual([
      'error A key of the issuer is ignored: "leaked" is a private key, which everybody knows now.',
    ]);
  });
});

describe('stop', () => {
  it('ends the fetch that is under way, and whoever waits for it gets an answer', async () => {
    the.issuer.hold();
    const asked = the.issuer.nextRequest();
    const found = the.find('a');
    await asked;
    the.keys.onModuleDestroy();
    await expect(found).rejects.toThrow(KeysUnavailableError);
    expect(jest.getTimerCount()).toBe(0);
    expect(the.lines).toEqual([]);
  });

  it('keeps the known keys for requests under way, and fetches no more', async () => {
    the.issuer.publish('ES256', 'a');
    await the.find('a');
    the.keys.stop();
    expect(jest.getTimerCount()).toBe(0);
    sleep(CACHE_AGE_MS);
    expect(the.keys.find('a')).toBeInstanceOf(AsymmetricKey);
    expect(the.keys.find('unknown')).toBeUndefined();
    expect(the.issuer.requests).toHaveLength(1);
  });
});
