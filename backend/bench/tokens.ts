import { createHmac, randomUUID } from 'node:crypto';
import { keyIdOfSecret } from '@tessera/database/contract';

/** Signs nothing but the tokens of a bench run. */
export const SECRET = 'bench-Rk3vWq8Zt1Yb6Xn4Lm9Pd2Gc7Hs5Jf0Ae';
export const ISSUER = 'https://web.example.com';
export const AUDIENCE = 'https://api.example.com';
export const USER = { userId: 'k3Vd9QmZ7xTn2LbR8cWf5HsJ1pYg6AuE', email: 'ada@example.com' };

const LIFE_SECONDS = 900;

/** The claims of a token as the frontend issues it; each has an id of its own. */
export function claims(changes: Record<string, unknown> = {}): Record<string, unknown> {
  const now = Math.floor(Date.now() / 1000);
  return {
    iss: ISSUER,
    aud: AUDIENCE,
    sub: USER.userId,
    user_id: USER.userId,
    email: USER.email,
    iat: now,
    exp: now + LIFE_SECONDS,
    jti: randomUUID(),
    sid: 'w8TgY2nK5vRz1QcB7mXd4LpJ9sHf3UaE',
    ...changes,
  };
}

/** Header and claims as they are signed. */
export const signingInput = (header: Record<string, unknown>, set: Record<string, unknown>) =>
  [header, set].map((part) => Buffer.from(JSON.stringify(part)).toString('base64url')).join('.');

/** An HS256 token. By node:crypto, so that no library is measured by tokens of its own. */
export function mint(changes: Record<string, unknown> = {}, secret = SECRET): string {
  const header = { alg: 'HS256', kid: keyIdOfSecret(SECRET), typ: 'JWT' };
  const input = signingInput(header, claims(changes));
  return `${input}.${createHmac('sha256', secret).update(input).digest('base64url')}`;
}
