import { keyIdOfSecret } from '@tessera/database/contract';
import { SharedSecretKeys } from './shared-secret.keys.js';

const SIGNING = 'signing-Rk3vWq8Zt1Yb6Xn4Lm9Pd2Gc7Hs5';
const OLD = 'old-Xn4Lm9Pd2Gc7Hs5Jf0AeRk3vWq8Zt1Yb6';

describe('SharedSecretKeys (FR-016)', () => {
  const keys = new SharedSecretKeys(SIGNING, [OLD]);

  it('finds each key by the id that both apps compute', () => {
    expect(keys.find(keyIdOfSecret(SIGNING))?.export().toString()).toBe(SIGNING);
    expect(keys.find(keyIdOfSecret(OLD))?.export().toString()).toBe(OLD);
  });

  it('tries a token without kid with the signing secret only', () => {
    expect(keys.find(undefined)).toBe(keys.signing);
  });

  it('has no key for an id that names none', () => {
    expect(keys.find('')).toBeUndefined();
    expect(keys.find('constructor')).toBeUndefined();
  });
});
