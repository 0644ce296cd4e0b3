import { betterAuth } from 'better-auth';
import { prismaAdapter } from 'better-auth/adapters/prisma';
import { jwt } from 'better-auth/plugins/jwt';
import { createLocalJWKSet, decodeProtectedHeader, type JSONWebKeySet, jwtVerify } from 'jose';
import { type AuthServer, startAuthServer } from './support/auth-server';
import { POLICY } from './support/key-ring';

interface TokenAnswer {
  token: string;
  expiresAt: number;
  serverTime: number;
}

describe('JWT_MODE=jwks (FR-011)', () => {
  let server: AuthServer;
  beforeAll(async () => {
    server = await startAuthServer({ JWT_MODE: 'jwks', JWT_TTL: '15m' });
  });
  afterAll(() => server.stop());

  const keySet = async (): Promise<JSONWebKeySet> => (await server.browser().get('/jwks')).json();
  const letTimePass = (seconds: number) =>
    server.asOwner(`UPDATE jwks SET "createdAt" = "createdAt" - interval '${seconds} seconds'`);

  it('gives a token with exactly the claims of FR-010, signed ES256, that the published keys verify', async () => {
    const browser = server.browser();
    await browser.signUp('claims@example.com');
    const answer = await browser.get('/token');
    expect(answer.headers.get('cache-control')).toBe('no-store');
    const body: TokenAnswer = await answer.json();
    expect(Object.keys(body).sort()).toEqual(['expiresAt', 'serverTime', 'token']);
    const user = await server.db.user.findUniqueOrThrow({
      where: { email: 'claims@example.com' },
      include: { sessions: true },
    });
    const { keys } = await keySet();
    expect(decodeProtectedHeader(body.token)).toEqual({
      alg: 'ES256',
      kid: keys[0]?.kid,
      typ: 'JWT',
    });
    const { payload } = await jwtVerify(body.token, createLocalJWKSet({ keys }));
    expect(payload).toEqual({
      iss: 'http://localhost:3000',
      aud: 'http://localhost:3001',
      sub: user.id,
      user_id: user.id,
      email: 'claims@example.com',
      iat: body.serverTime,
      exp: body.serverTime + 15 * 60,
      jti: expect.stringMatching(/^[0-9a-f-]{36}$/),
      sid: user.sessions[0]?.id,
    });
    expect(body.expiresAt).toBe(payload.exp);
  });

  it('publishes the public keys and nothing else of them, for anybody, for a short while', async () => {
    const answer = await server.browser().get('/jwks', { cookie: 'tessera.session_token=abc.def' });
    expect(answer.status).toBe(200);
    expect(Object.fromEntries(answer.headers)).toEqual({
      'cache-control': `public, max-age=${POLICY.maxAgeSeconds}`,
      'content-type': 'application/json',
    });
    const { keys, ...rest }: JSONWebKeySet = await answer.json();
    expect(rest).toEqual({});
    expect(keys.map((key) => Object.keys(key))).toEqual(
      keys.map(() => ['kid', 'alg', 'use', 'kty', 'crv', 'x', 'y']),
    );
  });

  it('publishes no private member, even of a row whose public key holds one', async () => {
    const stored = await server.db.jwks.findFirstOrThrow();
    const publicKey = JSON.stringify({ ...JSON.parse(stored.publicKey), d: 'private' });
    await server.asOwner(`UPDATE jwks SET "publicKey" = '${publicKey}'`);
    await server.refreshKeys();
    const text = await (await server.browser().get('/jwks')).text();
    expect(text).toContain(stored.id);
    expect(text).not.toContain('"d"');
    expect(text).not.toContain('private');
  });

  it('answers another method on the key set with 405', async () => {
    const answer = await server.browser().post('/jwks');
    expect([answer.status, answer.headers.get('allow')]).toEqual([405, 'GET']);
  });

  it('never puts a token into a header of the session', async () => {
    const browser = server.browser();
    await browser.signUp('header@example.com');
    const answer = await browser.get('/get-session');
    expect(answer.status).toBe(200);
    expect(answer.headers.has('set-auth-jwt')).toBe(false);
    expect(answer.headers.has('access-control-expose-headers')).toBe(false);
  });

  it('signs with the next key when its time has come, and the tokens of both are verified', async () => {
    const browser = server.browser();
    await browser.signUp('rotation@example.com');
    const read = async (): Promise<string> =>
      ((await (await browser.get('/token')).json()) as TokenAnswer).token;
    const old = await read();
    await letTimePass(POLICY.rotationSeconds);
    await server.refreshKeys();
    expect(decodeProtectedHeader(await read()).kid).toBe(decodeProtectedHeader(old).kid);
    await letTimePass(POLICY.activationSeconds);
    await server.refreshKeys();
    const young = await read();
    expect(decodeProtectedHeader(young).kid).not.toBe(decodeProtectedHeader(old).kid);
    const keys = createLocalJWKSet(await keySet());
    for (const token of [old, young]) {
      await expect(jwtVerify(token, keys)).resolves.toHaveProperty('payload.sid');
    }
  });

  it("has the table that Better Auth's plugin expects", async () => {
    const auth = betterAuth({
      baseURL: 'http://localhost:3000',
      secret: server.environment.cookieSecret,
      database: prismaAdapter(server.db, { provider: 'postgresql' }),
      plugins: [jwt()],
      advanced: { database: { validateSchema: true } },
    });
    const { checkSchema } = await auth.$context;
    expect(checkSchema).toBeDefined();
    await expect(Promise.resolve(checkSchema?.())).resolves.toBeUndefined();
  });
});

describe('JWT_MODE=jwks while the keys cannot be read', () => {
  let server: AuthServer;
  afterEach(() => server.stop());

  it('answers 503 with Retry-After to who asks for a token or the keys, and keeps the session', async () => {
    server = await startAuthServer({ JWT_MODE: 'jwks' });
    const browser = server.browser();
    await browser.signUp('patient@example.com');
    server.loseSightOfKeys();
    for (const path of ['/token', '/jwks']) {
      const answer = await browser.get(path);
      expect(answer.status).toBe(503);
      expect(answer.headers.get('retry-after')).toMatch(/^\d+$/);
      expect(answer.headers.get('cache-control')).toBe('no-store');
    }
    expect((await browser.get('/get-session')).status).toBe(200);
  });
});
