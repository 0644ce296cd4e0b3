import { createHash } from 'node:crypto';
import { VerifiedTokenCache } from './verified-token.cache.js';

const filled = (size: number, ...digests: string[]) => {
  const cache = new VerifiedTokenCache<{ digest: string }>(size);
  for (const digest of digests) cache.set(digest, { digest });
  return cache;
};
/** Which of the digests such a cache knows; each is looked up in one of its own, for that changes it. */
const known = (make: () => VerifiedTokenCache<object>, digests: string) =>
  digests
    .split('')
    .filter((digest) => make().get(digest) !== undefined)
    .join('');

describe('VerifiedTokenCache', () => {
  it('names a token by the SHA-256 of its whole text', () => {
    const digest = createHash('sha256').update('a.b.c').digest('base64url');
    expect(filled(2).digestOf('a.b.c')).toBe(digest);
  });

  it('gives back what was put in, and nothing for what was not', () => {
    const cache = filled(4, 'a');
    expect(cache.get('a')).toEqual({ digest: 'a' });
    expect(cache.get('b')).toBeUndefined();
    expect(cache.get('constructor')).toBeUndefined();
  });

  it('holds as many as it may, and no more', () => {
    expect(known(() => filled(4, 'a', 'b', 'c', 'd'), 'abcd')).toBe('abcd');
    const letters = 'abcdefghijklmnop';
    expect(known(() => filled(4, ...letters.split('')), letters)).toBe('mnop');
    expect(known(() => filled(6, ...letters.split('')), letters)).toBe('mnop');
  });

  it('forgets the older half at once, but not what was used since', () => {
    const used = () => {
      const cache = filled(4, 'a', 'b', 'c', 'd');
      cache.get('a');
      cache.set('e', { digest: 'e' });
      return cache;
    };
    expect(known(used, 'abcde')).toBe('acde');
  });

  it('never forgets what is used again and again, however many others come', () => {
    const cache = filled(4, 'a');
    for (let other = 0; other < 100; other += 1) {
      cache.set(`${other}`, { digest: `${other}` });
      expect(cache.get('a')).toEqual({ digest: 'a' });
    }
  });

  it('gives no room to what was asked for and is not there', () => {
    const asked = () => {
      const cache = filled(4, 'a', 'b', 'c', 'd');
      for (let other = 0; other < 100; other += 1) cache.get(`${other}`);
      return cache;
    };
    expect(known(asked, 'abcd')).toBe('abcd');
  });

  it('takes the newer of two for one digest', () => {
    const cache = filled(4, 'a', 'b', 'c');
    cache.set('a', { digest: 'newer' });
    expect(cache.get('a')).toEqual({ digest: 'newer' });
  });

  it('forgets what it is told to, of whatever age', () => {
    const rest = () => {
      const cache = filled(4, 'a', 'b', 'c', 'd');
      cache.delete('a');
      cache.delete('d');
      return cache;
    };
    expect(known(rest, 'abcd')).toBe('bc');
  });

  it('remembers nothing and computes no digest where it may hold none', () => {
    const cache = filled(0, 'a');
    expect(cache.get('a')).toBeUndefined();
    expect(cache.digestOf('a.b.c')).toBe('');
  });
});
