import { IssuerKey } from '../../../test/support/test-issuer.js';
import { parseKeySet, type ParsedKeySet } from './key-set.parser.js';

const one = new IssuerKey('ES256', 'one');
const two = new IssuerKey('EdDSA', 'two');
const rsa = new IssuerKey('RS256', 'rsa');

const parse = (entries: readonly unknown[], before?: ParsedKeySet) =>
  parseKeySet(entries, before?.keys ?? new Map());
const keyOf = ({ keys }: ParsedKeySet, kid: string) => keys.get(kid)?.key;

describe('parseKeySet', () => {
  it('has a key for each good entry, whatever the others are', () => {
    const { keys, ignored } = parse([null, one.jwk, { ...rsa.jwk, use: 'enc' }, two.jwk]);
    expect([...keys.keys()]).toEqual(['one', 'two']);
    expect(ignored).toMatchObject([
      { kid: undefined, flaw: 'has malformed members' },
      { kid: 'rsa', flaw: 'is not for signatures' },
    ]);
  });

  it('keeps the object of a key that stays, whatever else is said of it', () => {
    const before = parse([one.jwk, two.jwk]);
    const after = parse([two.jwk, { ...one.jwk, x5t: 'new' }], before);
    expect(keyOf(after, 'one')).toBeDefined();
    expect(keyOf(after, 'one')).toBe(keyOf(before, 'one'));
    expect(keyOf(after, 'two')).toBe(keyOf(before, 'two'));
  });

  it('makes a new object for a kid that now stands for another key', () => {
    const before = parse([one.jwk]);
    const after = parse([new IssuerKey('ES256', 'one').jwk], before);
    expect(keyOf(after, 'one')).toBeDefined();
    expect(keyOf(after, 'one')).not.toBe(keyOf(before, 'one'));
  });

  it('makes a new object for a key that now has another algorithm', () => {
    const before = parse([rsa.jwk]);
    const after = parse([{ ...rsa.jwk, alg: 'PS256' }], before);
    expect(keyOf(after, 'rsa')?.algorithm).toBe('PS256');
    expect(keyOf(before, 'rsa')?.algorithm).toBe('RS256');
  });

  it('has no key for a kid that stands for several: nobody can say which is meant', () => {
    const other = { ...two.jwk, kid: 'one' };
    for (const entries of [
      [one.jwk, other],
      // The first one a third time, which makes it no better.
      [one.jwk, other, one.jwk],
      [one.jwk, other, other],
    ]) {
      const { keys, ignored } = parse([...entries, rsa.jwk], parse([one.jwk]));
      expect([...keys.keys()]).toEqual(['rsa']);
      expect(ignored).toEqual([{ kid: 'one', flaw: 'stands for several keys' }]);
    }
  });

  it('has no key for a kid that stands for one key with several algorithms', () => {
    const { keys } = parse([rsa.jwk, { ...rsa.jwk, alg: 'PS256' }]);
    expect(keys.size).toBe(0);
  });

  it('has the key that is merely published twice', () => {
    const { keys, ignored } = parse([one.jwk, { ...one.jwk }]);
    expect([...keys.keys()]).toEqual(['one']);
    expect(ignored).toEqual([]);
  });
});
