import { createHash, randomBytes } from 'node:crypto';
import { keyIdOfSecret, secretText } from './shared-secret.js';

const accepts = (text: string) => secretText.safeParse(text).success;

describe('a shared secret (FR-016)', () => {
  it('is accepted from 32 bytes on', () => {
    expect(accepts(randomBytes(24).toString('base64url'))).toBe(true);
    expect(accepts('fk3Lq9ZrT0vXw8BnM2cY7dHs5JpAeGi')).toBe(false);
    expect(accepts('fk3Lq9ZrT0vXw8BnM2cY7dHs5JpAeGi1')).toBe(true);
  });

  it('is measured in UTF-8 bytes', () => {
    expect(accepts('äöüßéèêëñçåøæœ€łžšđ')).toBe(true);
  });

  it.each([
    'better-auth-secret-12345678901234567890',
    'please-change-me-please-change-me-0123456789',
    'your-256-bit-secret-your-256-bit-secret',
    'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa',
    '01234567012345670123456701234567',
    '0123456789abcdef0123456789abcdef',
    'abcdefghijklmnopqrstuvwxyz0123456789',
    '                      abcdefghij',
  ])('is refused as a known default or too regular: %s', (text) => {
    expect(accepts(text)).toBe(false);
  });

  it('holds no comma, which separates secrets in a list', () => {
    expect(accepts('fk3Lq9ZrT0vXw8B,nM2cY7dHs5JpAeGi1')).toBe(false);
  });

  it('has the key id of the design: 8 characters of base64url(SHA-256("tessera-kid" + secret))', () => {
    const secret = randomBytes(32).toString('base64url');
    const digest = createHash('sha256').update(`tessera-kid${secret}`).digest('base64url');
    expect(keyIdOfSecret(secret)).toBe(digest.slice(0, 8));
    expect(keyIdOfSecret(`${secret}x`)).not.toBe(digest.slice(0, 8));
  });
});
