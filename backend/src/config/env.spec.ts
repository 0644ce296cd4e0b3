import { readEnvironment } from './env.js';

const SECRET = 'Rk3vWq8Zt1Yb6Xn4Lm9Pd2Gc7Hs5Jf0Ae';
const minimal = { API_DATABASE_URL: 'postgresql://tessera_api:pw@localhost/t', JWT_SECRET: SECRET };

describe('the environment of the API', () => {
  it('has a default for all but the database and the secret', () => {
    expect(readEnvironment(minimal)).toMatchObject({
      deployment: 'local',
      host: '127.0.0.1',
      apiPort: 3001,
      rateLimit: 1200,
      logLevel: 'info',
      jwt: {
        secret: SECRET,
        acceptedSecrets: [],
        issuer: 'http://localhost:3000',
        audience: 'http://localhost:3001',
        clockToleranceSeconds: 5,
      },
    });
  });

  it('takes issuer and audience from the public addresses unless they are named', () => {
    const urls = { ...minimal, WEB_URL: 'https://web.example', API_URL: 'https://api.example' };
    expect(readEnvironment(urls).jwt).toMatchObject({
      issuer: 'https://web.example',
      audience: 'https://api.example',
    });
    const named = { ...urls, JWT_ISSUER: 'https://issuer', JWT_AUDIENCE: 'tasks' };
    expect(readEnvironment(named).jwt).toMatchObject({
      issuer: 'https://issuer',
      audience: 'tasks',
    });
  });

  it('verifies by the key set of the web app in JWKS mode, and needs no secret (FR-011)', () => {
    const { API_DATABASE_URL } = minimal;
    const jwks = { API_DATABASE_URL, JWT_MODE: 'jwks' };
    const at = (more: Record<string, string>) => readEnvironment({ ...jwks, ...more }).jwt;
    expect(at({})).toMatchObject({
      jwks: { url: 'http://localhost:3000/api/auth/jwks', allowHttp: false, cacheAgeSeconds: 300 },
      issuer: 'http://localhost:3000',
      audience: 'http://localhost:3001',
    });
    const url = 'http://web:3000/api/auth/jwks';
    expect(at({ JWT_JWKS_URL: url, JWT_JWKS_ALLOW_HTTP: url })).toMatchObject({
      jwks: { url, allowHttp: true },
    });
  });

  it('never explains refusals in production (FR-024)', () => {
    const production = { WEB_URL: 'https://web.example', API_URL: 'https://api.example' };
    const explaining = { ...minimal, AUTH_EXPLAIN: '1' };
    expect(readEnvironment(explaining).explainsRefusals).toBe(true);
    expect(() => readEnvironment({ ...explaining, ...production })).toThrow(/^AUTH_EXPLAIN: /);
  });

  it.each([
    ['API_DATABASE_URL', { API_DATABASE_URL: undefined }],
    ['API_DATABASE_URL', { API_DATABASE_URL: 'mysql://root:hunter2@localhost' }],
    ['JWT_SECRET', { JWT_SECRET: '' }],
    ['JWT_SECRET', { JWT_SECRET: 'hunter2' }],
    ['JWT_SECRET', { JWT_SECRET: 'hunter2-your-secret-key-change-me-please' }],
    ['JWT_ACCEPTED_SECRETS', { JWT_ACCEPTED_SECRETS: `${SECRET},hunter2` }],
    ['JWT_JWKS_URL', { JWT_MODE: 'jwks', JWT_JWKS_URL: 'http://hunter2.example/jwks' }],
    ['JWT_JWKS_URL', { JWT_MODE: 'jwks', JWT_JWKS_URL: 'hunter2' }],
    [
      'JWT_JWKS_URL',
      {
        JWT_MODE: 'jwks',
        JWT_JWKS_URL: 'http://web:3000/jwks',
        JWT_JWKS_ALLOW_HTTP: 'http://hunter2:3000/jwks',
      },
    ],
    ['JWT_JWKS_CACHE_AGE', { JWT_MODE: 'jwks', JWT_JWKS_CACHE_AGE: '2h' }],
    ['AUTH_EXPLAIN', { AUTH_EXPLAIN: 'hunter2' }],
    ['ENV_FILE', { JWT_SECRET: undefined, ENV_FILE: '/nowhere/hunter2' }],
    ['JWT_MODE', { JWT_MODE: 'hunter2' }],
    ['JWT_CLOCK_TOLERANCE', { JWT_CLOCK_TOLERANCE: 'hunter2' }],
    ['JWT_CLOCK_TOLERANCE', { JWT_CLOCK_TOLERANCE: '61s' }],
    ['TRUSTED_PROXIES', { TRUSTED_PROXIES: 'hunter2' }],
    ['API_RATE_LIMIT', { API_RATE_LIMIT: '-1' }],
    ['LOG_LEVEL', { LOG_LEVEL: 'hunter2' }],
    ['API_PORT', { API_PORT: '70000' }],
    ['WEB_URL', { WEB_URL: 'http://web.example', API_URL: 'https://api.example' }],
  ])('refuses a bad %s by its name, without its value (FR-025)', (variable, change) => {
    const read = () => readEnvironment({ ...minimal, ...change });
    expect(read).toThrow(new RegExp(`^${variable}\\b`, 'm'));
    expect(read).toThrow(
      expect.objectContaining({ message: expect.not.stringContaining('hunter2') }),
    );
  });
});
