import { createHmac } from 'node:crypto';
import { keyIdOfSecret } from '@tessera/database/contract';
import { HmacKey } from './hmac.key.js';

const SECRET = 'sécret-Rk3vWq8Zt1Yb6Xn4Lm9Pd2Gc7Hs5Jf0Ae';
const signature = createHmac('sha256', SECRET).update('header.claims').digest();

describe('HmacKey (FR-011, FR-016)', () => {
  const key = new HmacKey(SECRET);

  it('is for HS256 and has the id of its secret', () => {
    expect(key).toMatchObject({ algorithm: 'HS256', id: keyIdOfSecret(SECRET) });
  });

  it('is the UTF-8 bytes of the secret', () => {
    expect(key.keyObject.export()).toEqual(Buffer.from(SECRET, 'utf8'));
  });

  it('verifies its own signature', () => {
    expect(key.verifies('header.claims', signature)).toBe(true);
  });

  it('refuses that of other bytes, and that of another key', () => {
    expect(key.verifies('header.claim', signature)).toBe(false);
    expect(new HmacKey(`${SECRET}x`).verifies('header.claims', signature)).toBe(false);
  });

  it.each([0, 1, 31, 33, 64])('refuses a signature of %i bytes, and throws at none', (length) => {
    const bytes = Buffer.concat([signature, signature]).subarray(0, length);
    expect(key.verifies('header.claims', bytes)).toBe(false);
  });
});
