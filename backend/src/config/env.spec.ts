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

  it.each([
    ['API_DATABASE_URL', { API_DATABASE_URL: undefined }],
    ['API_DATABASE_URL', { API_DATABASE_URL: 'mysql://root:hunter2@localhost' }],
    ['JWT_SECRET', { JWT_SECRET: '' }],
    ['JWT_SECRET', { JWT_SECRET: 'hunter2' }],
    ['JWT_SECRET', { JWT_SECRET: 'hunter2-your-secret-key-change-me-please' }],
    ['JWT_ACCEPTED_SECRETS', { JWT_ACCEPTED_SECRETS: `${SECRET},hunter2` }],
    ['JWT_MODE', { JWT_MODE: 'jwks' }],
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
