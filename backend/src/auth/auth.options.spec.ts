import { resolveAuthOptions } from './auth.options.js';

const good = {
  secret: 'Rk3vWq8Zt1Yb6Xn4Lm9Pd2Gc7Hs5Jf0Ae',
  issuer: 'https://web',
  audience: 'https://api',
};

describe('the options of AuthModule', () => {
  it('have defaults for all but secret, issuer and audience', () => {
    expect(resolveAuthOptions(good)).toEqual({
      ...good,
      acceptedSecrets: [],
      clockToleranceSeconds: 5,
      now: Date.now,
    });
  });

  it.each([
    ['secret', { secret: 'too-short' }],
    ['secret', { secret: undefined }],
    ['secret', { secret: 'a'.repeat(64) }],
    ['acceptedSecrets[1]', { acceptedSecrets: [good.secret, 'too-short'] }],
    ['issuer', { issuer: '' }],
    ['audience', { audience: undefined }],
    ['clockToleranceSeconds', { clockToleranceSeconds: 61 }],
    ['clockToleranceSeconds', { clockToleranceSeconds: -1 }],
    ['clockToleranceSeconds', { clockToleranceSeconds: Number.NaN }],
  ])('are refused at construction by the name of the option: %s', (option, change) => {
    const options = { ...good, ...change } as typeof good;
    expect(() => resolveAuthOptions(options)).toThrow(`AuthModule option ${option}:`);
  });

  it('never show a secret in the error', () => {
    const secret = 'hunter2-hunter2';
    expect(() => resolveAuthOptions({ ...good, secret })).toThrow(
      expect.objectContaining({ message: expect.not.stringContaining(secret) }),
    );
  });
});
