import { parseWebEnvironment } from './env';

const COOKIE_SECRET = 'n5Wc7JrZ1xLm4Pd6Hs9q8yVY2bEoKk3T';
const SIGNING_SECRET = 'q8yVY2bEoKk3Tn5Wc7JrZ1xLm4Pd6Hs9';
const LEAST = {
  WEB_DATABASE_URL: 'postgresql://tessera_web:x@127.0.0.1:5432/tessera',
  BETTER_AUTH_SECRET: COOKIE_SECRET,
  JWT_SECRET: SIGNING_SECRET,
};

describe('the environment of the web app', () => {
  it('needs three variables and has defaults for the rest', () => {
    expect(parseWebEnvironment(LEAST)).toMatchObject({
      deployment: 'local',
      webUrl: 'http://localhost:3000',
      apiUrl: 'http://localhost:3001',
      isHttps: false,
      limitsAuthRate: true,
      session: { idleSeconds: 7 * 86_400, absoluteSeconds: 30 * 86_400 },
      signing: { mode: 'shared-secret', secret: SIGNING_SECRET },
      accessToken: {
        issuer: 'http://localhost:3000',
        audience: 'http://localhost:3001',
        lifeSeconds: 900,
      },
    });
  });

  it('names every variable that is missing, in one go', () => {
    expect(() => parseWebEnvironment({})).toThrow(
      /WEB_DATABASE_URL[\s\S]*BETTER_AUTH_SECRET[\s\S]*JWT_SECRET/,
    );
  });

  it.each([
    ['BETTER_AUTH_SECRET', 'tooshort', /at least 32 bytes/],
    ['BETTER_AUTH_SECRET', SIGNING_SECRET, /differ from JWT_SECRET/],
    ['JWT_SECRET', `${SIGNING_SECRET},b`, /comma/],
    ['JWT_MODE', 'unsigned', /shared-secret or jwks/],
    ['JWT_TTL', '29s', /between 30s and 24h/],
    ['JWT_TTL', '25h', /between 30s and 24h/],
    ['JWT_TTL', 'soon', /number and a unit/],
    ['AUTH_RATE_LIMIT', 'maybe', /on or off/],
    ['TRUSTED_PROXIES', 'everybody', /CIDR/],
    ['WEB_DATABASE_URL', 'mysql://x', /postgresql/],
    ['SESSION_ABSOLUTE_LIFE', '1d', /shorter than SESSION_IDLE_LIFE/],
  ])('refuses %s=%s and does not repeat the value', (name, value, reason) => {
    const parse = () => parseWebEnvironment({ ...LEAST, [name]: value });
    expect(parse).toThrow(reason);
    expect(parse).toThrow(new RegExp(`^${name}:`));
    expect(parse).not.toThrow(value);
  });

  it.each(['weak', `${SIGNING_SECRET},weak`])(
    'refuses JWT_ACCEPTED_SECRETS=%s, as the API does: a file is taken as a whole or not at all',
    (secrets) => {
      const parse = () => parseWebEnvironment({ ...LEAST, JWT_ACCEPTED_SECRETS: secrets });
      expect(parse).toThrow(/^JWT_ACCEPTED_SECRETS/);
      expect(parse).not.toThrow(/weak/);
    },
  );

  it('refuses to share the secret of the cookies as an accepted one', () => {
    expect(() => parseWebEnvironment({ ...LEAST, JWT_ACCEPTED_SECRETS: COOKIE_SECRET })).toThrow(
      /^BETTER_AUTH_SECRET: must differ/,
    );
  });

  it('never lets the rate limits be off in production (FR-024)', () => {
    const production = {
      ...LEAST,
      WEB_URL: 'https://app.example.com',
      API_URL: 'https://api.example.com',
    };
    expect(parseWebEnvironment(production).isHttps).toBe(true);
    expect(() => parseWebEnvironment({ ...production, AUTH_RATE_LIMIT: 'off' })).toThrow(
      /AUTH_RATE_LIMIT/,
    );
  });

  it('takes an empty variable for an absent one', () => {
    expect(parseWebEnvironment({ ...LEAST, JWT_TTL: '' }).accessToken.lifeSeconds).toBe(900);
  });
});

describe('the environment of the web app with JWT_MODE=jwks', () => {
  const { JWT_SECRET: _, ...least } = { ...LEAST, JWT_MODE: 'jwks' };

  it('needs no secret to sign with, and has defaults for the rest', () => {
    expect(parseWebEnvironment(least).signing).toEqual({
      mode: 'jwks',
      cacheAgeSeconds: 300,
      rotationSeconds: 30 * 86_400,
    });
  });

  it('does not look at the secrets of the other mode', () => {
    expect(parseWebEnvironment({ ...least, JWT_SECRET: 'weak' }).signing).not.toHaveProperty(
      'secret',
    );
  });

  it("allows rotations of seconds on a machine of one's own", () => {
    const fast = { ...least, JWT_JWKS_CACHE_AGE: '1s', JWT_JWKS_ROTATION: '3s' };
    expect(parseWebEnvironment(fast).signing).toMatchObject({
      cacheAgeSeconds: 1,
      rotationSeconds: 3,
    });
  });

  it.each([
    ['JWT_JWKS_CACHE_AGE', '0s', /between 1s and 1h/],
    ['JWT_JWKS_CACHE_AGE', '61m', /between 1s and 1h/],
    ['JWT_JWKS_CACHE_AGE', 'soon', /number and a unit/],
    ['JWT_JWKS_ROTATION', '10m', /longer than twice JWT_JWKS_CACHE_AGE/],
    ['JWT_JWKS_ROTATION', '366d', /at most 365d/],
    ['BETTER_AUTH_SECRET', 'tooshort', /at least 32 bytes/],
  ])('refuses %s=%s and does not repeat the value', (name, value, reason) => {
    const parse = () => parseWebEnvironment({ ...least, [name]: value });
    expect(parse).toThrow(reason);
    expect(parse).toThrow(new RegExp(`^${name}:`));
    expect(parse).not.toThrow(value);
  });

  it('refuses to make keys by the minute in production', () => {
    const production = {
      ...least,
      WEB_URL: 'https://app.example.com',
      API_URL: 'https://api.example.com',
    };
    expect(parseWebEnvironment(production).signing).toMatchObject({ mode: 'jwks' });
    expect(() => parseWebEnvironment({ ...production, JWT_JWKS_ROTATION: '59m' })).toThrow(
      /^JWT_JWKS_ROTATION: must be at least 1h in production/,
    );
    expect(() => parseWebEnvironment({ ...production, AUTH_RATE_LIMIT: 'off' })).toThrow(
      /AUTH_RATE_LIMIT/,
    );
  });
});
