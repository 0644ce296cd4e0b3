import { keyIdOfSecret } from '@tessera/database/contract';
import { SharedSecretKeys } from './shared-secret.keys.js';

const SIGNING = 'signing-Rk3vWq8Zt1Yb6Xn4Lm9Pd2Gc7Hs5';
const OLD = 'old-Xn4Lm9Pd2Gc7Hs5Jf0AeRk3vWq8Zt1Yb6';
const NEW = 'new-Pd2Gc7Hs5Jf0AeRk3vWq8Zt1Yb6Xn4Lm9';

const secretOf = (keys: SharedSecretKeys, kid: string | undefined) =>
  keys.find(kid)?.keyObject.export().toString();

describe('SharedSecretKeys (FR-016)', () => {
  const keys = new SharedSecretKeys(SIGNING, [OLD]);

  it('finds each key by the id that both apps compute', () => {
    expect(secretOf(keys, keyIdOfSecret(SIGNING))).toBe(SIGNING);
    expect(secretOf(keys, keyIdOfSecret(OLD))).toBe(OLD);
  });

  it('signs with the one secret, whatever the others', () => {
    expect(keys.signing.keyObject.export().toString()).toBe(SIGNING);
    expect(keys.signing.id).toBe(keyIdOfSecret(SIGNING));
  });

  it('tries a token without kid with the signing secret only', () => {
    expect(keys.find(undefined)).toBe(keys.signing);
  });

  it('has no key for an id that names none', () => {
    expect(keys.find('')).toBeUndefined();
    expect(keys.find('constructor')).toBeUndefined();
  });

  it('names all ids, the signing one first', () => {
    const ids = [SIGNING, OLD, NEW].map(keyIdOfSecret);
    expect(new SharedSecretKeys(SIGNING, [OLD, NEW]).ids).toEqual(ids);
    expect(new SharedSecretKeys(SIGNING, []).ids).toEqual(ids.slice(0, 1));
    expect(new SharedSecretKeys(SIGNING, [SIGNING]).ids).toEqual(ids.slice(0, 1));
  });
});

describe('SharedSecretKeys.replace', () => {
  it('adds, promotes and withdraws secrets from the next token on', () => {
    const keys = new SharedSecretKeys(OLD, []);
    keys.replace(OLD, [NEW]);
    expect(secretOf(keys, keyIdOfSecret(NEW))).toBe(NEW);
    expect(keys.signing.id).toBe(keyIdOfSecret(OLD));
    keys.replace(NEW, [OLD]);
    expect(secretOf(keys, keyIdOfSecret(OLD))).toBe(OLD);
    expect(keys.signing.id).toBe(keyIdOfSecret(NEW));
    keys.replace(NEW, []);
    expect(keys.find(keyIdOfSecret(OLD))).toBeUndefined();
    expect(keys.ids).toEqual([keyIdOfSecret(NEW)]);
  });

  it('keeps the key object of a secret that stays, and so what it verified', () => {
    const keys = new SharedSecretKeys(OLD, [NEW]);
    const [old, next] = [keys.find(keyIdOfSecret(OLD)), keys.find(keyIdOfSecret(NEW))];
    keys.replace(NEW, [OLD]);
    expect(keys.find(keyIdOfSecret(OLD))).toBe(old);
    expect(keys.signing).toBe(next);
  });

  it('makes a key that went and came back anew', () => {
    const keys = new SharedSecretKeys(SIGNING, [OLD]);
    const before = keys.find(keyIdOfSecret(OLD));
    keys.replace(SIGNING, []);
    keys.replace(SIGNING, [OLD]);
    expect(keys.find(keyIdOfSecret(OLD))).toBeDefined();
    expect(keys.find(keyIdOfSecret(OLD))).not.toBe(before);
  });
});
