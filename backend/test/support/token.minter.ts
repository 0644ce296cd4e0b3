import { createHmac } from 'node:crypto';
import { keyIdOfSecret } from '@tessera/database/contract';

// Written without any JWT library, so that it can mint every broken kind, and so that a fault of a
// library cannot hide on both sides.

export const SECRET = 'test-Rk3vWq8Zt1Yb6Xn4Lm9Pd2Gc7Hs5Jf0Ae';
export const OLD_SECRET = 'test-old-Xn4Lm9Pd2Gc7Hs5Jf0AeRk3vWq8Zt1';
export const FOREIGN_SECRET = 'test-foreign-Pd2Gc7Hs5Jf0AeRk3vWq8Zt1Yb';
export const ISSUER = 'http://localhost:3000';
export const AUDIENCE = 'http://localhost:3001';

export const base64url = (value: unknown): string =>
  Buffer.from(typeof value === 'string' ? value : JSON.stringify(value)).toString('base64url');

export const nowSeconds = (): number => Math.floor(Date.now() / 1000);

/** The claims of a good token; `changes` replace some, `undefined` removes one. */
export function claimsFor(userId: string, changes: Record<string, unknown> = {}) {
  const now = nowSeconds();
  return {
    iss: ISSUER,
    aud: AUDIENCE,
    sub: userId,
    user_id: userId,
    email: `${userId}@example.com`,
    iat: now,
    exp: now + 900,
    jti: `token-of-${userId}`,
    sid: `session-of-${userId}`,
    ...changes,
  };
}

export interface MintOptions {
  claims?: Record<string, unknown>;
  header?: Record<string, unknown>;
  secret?: string;
  hash?: 'sha256' | 'sha384' | 'sha512';
}

/** Signs a token for `userId` that is good but for what the options break. */
export function mint(userId: string, options: MintOptions = {}): string {
  const { claims, secret = SECRET } = options;
  const header = { alg: 'HS256', kid: keyIdOfSecret(secret), typ: 'JWT', ...options.header };
  return sign(`${base64url(header)}.${base64url(claimsFor(userId, claims))}`, options);
}

export function sign(
  input: string,
  { secret = SECRET, hash = 'sha256' }: Pick<MintOptions, 'secret' | 'hash'> = {},
): string {
  return `${input}.${createHmac(hash, secret).update(input).digest('base64url')}`;
}

export const bearer = (token: string) => ({ authorization: `Bearer ${token}` });
