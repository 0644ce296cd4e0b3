import { resolveAuthOptions, type AuthModuleOptions } from './auth.options.js';

const SECRET = 'Rk3vWq8Zt1Yb6Xn4Lm9Pd2Gc7Hs5Jf0Ae';
const parties = { issuer: 'https://web', audience: 'https://api', revocation: 'none' as const };
const databaseUrl = 'postgresql://tessera_api@db/tessera';
const good = { ...parties, secret: SECRET };
const revoking = (revocation: object, more = {}) => ({ ...good, revocation, ...more });
const keySet = (url: string, more = {}) => ({ ...parties, jwks: { url, ...more } });
const resolve = (options: unknown) => () => resolveAuthOptions(options as AuthModuleOptions);

describe('the options of AuthModule', () => {
  it('have defaults for all but the keys, issuer and audience', () => {
    expect(resolveAuthOptions(good)).toEqual({
      ...parties,
      keys: { secret: SECRET, acceptedSecrets: [] },
      clockToleranceSeconds: 5,
      maxTokenLifeSeconds: 86_400,
      verifiedTokenCacheSize: 10_000,
      claims: expect.objectContaining({ requiredTexts: ['user_id', 'email', 'sid', 'jti'] }),
      now: Date.now,
    });
  });

  it('want to be told where revocations are, or that there are none', () => {
    expect(resolveAuthOptions(revoking({ databaseUrl }) as AuthModuleOptions).revocation).toEqual({
      databaseUrl,
      listenUrl: databaseUrl,
      maxStalenessSeconds: 5,
      maxEntries: 1_000_000,
    });
    expect(resolve({ ...good, revocation: undefined })).toThrow(/option revocation/);
    expect(resolve({ ...good, revocation: 'off' })).toThrow(/option revocation/);
  });

  it('name the key set of JWKS mode by its address (FR-011)', () => {
    expect(resolveAuthOptions(keySet('https://web/api/auth/jwks')).keys).toEqual({
      url: 'https://web/api/auth/jwks',
      allowHttp: false,
      cacheAgeSeconds: 300,
      cooldownSeconds: 30,
    });
  });

  it.each(['http://localhost:3000/jwks', 'http://127.0.0.1/jwks', 'http://[::1]:1/jwks'])(
    'take a key set over http from this machine: %s',
    (url) => expect(resolve(keySet(url))).not.toThrow(),
  );

  it.each([
    'http://web.example/jwks',
    'http://localhost.example/jwks',
    'https://user:pw@web.example/jwks',
    'file:///etc/jwks',
    'jwks',
  ])('refuse a key set that anybody could replace on its way: %s', (url) => {
    expect(resolve(keySet(url))).toThrow(/^AuthModule option jwks\.url: /);
  });

  it('take a key set over http from elsewhere only when that is meant', () => {
    expect(resolve(keySet('http://web:3000/jwks', { allowHttp: true }))).not.toThrow();
    expect(resolve(keySet('http://u:p@web/jwks', { allowHttp: true }))).toThrow(/jwks\.url/);
  });

  it.each([
    ['secret', { ...good, secret: undefined }],
    ['secret', { ...good, secret: 'hunter2' }],
    ['secret', { ...good, secret: 'hunter2'.repeat(10).slice(0, 31) }],
    ['acceptedSecrets[1]', { ...good, acceptedSecrets: [SECRET, 'hunter2'] }],
    ['secret', { ...keySet('https://web/jwks'), secret: SECRET }],
    ['acceptedSecrets', { ...keySet('https://web/jwks'), acceptedSecrets: [SECRET] }],
    ['jwks.cacheAgeSeconds', keySet('https://web/jwks', { cacheAgeSeconds: 0 })],
    ['jwks.cooldownSeconds', keySet('https://web/jwks', { cooldownSeconds: Number.NaN })],
    ['issuer', { ...good, issuer: '' }],
    ['issuer', { ...good, issuer: undefined }],
    ['audience', { ...good, audience: '' }],
    ['clockToleranceSeconds', { ...good, clockToleranceSeconds: -1 }],
    ['clockToleranceSeconds', { ...good, clockToleranceSeconds: 61 }],
    ['clockToleranceSeconds', { ...good, clockToleranceSeconds: Number.NaN }],
    ['maxTokenLifeSeconds', { ...good, maxTokenLifeSeconds: 0 }],
    ['revocation.databaseUrl', revoking({})],
    ['revocation.listenUrl', revoking({ databaseUrl, listenUrl: '' })],
    ['revocation.maxStalenessSeconds', revoking({ databaseUrl, maxStalenessSeconds: 1 })],
    ['revocation.maxEntries', revoking({ databaseUrl, maxEntries: 0 })],
    // Their rows are gone before such a token expires.
    ['maxTokenLifeSeconds', revoking({ databaseUrl }, { maxTokenLifeSeconds: 86_401 })],
    // Without a session in it, a token cannot be revoked.
    ['claims.required', revoking({ databaseUrl }, { claims: { required: ['email'] } })],
    ['verifiedTokenCacheSize', { ...good, verifiedTokenCacheSize: -1 }],
    ['claims.names.userId', { ...good, claims: { names: { userId: '' } } }],
  ])('refuse a bad %s by its name, without its value', (option, options) => {
    const escaped = option.replaceAll(/[[\].]/g, '\\$&');
    expect(resolve(options)).toThrow(new RegExp(`^AuthModule option ${escaped}: `));
    expect(resolve(options)).toThrow(
      expect.objectContaining({ message: expect.not.stringContaining('hunter2') }),
    );
  });
});
