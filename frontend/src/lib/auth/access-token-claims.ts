import { randomUUID } from 'node:crypto';
import { keyIdOfSecret } from '@tessera/database/contract';
import { SignJWT } from 'jose';

export interface AccessTokenOptions {
  /** Signs by its UTF-8 bytes. */
  secret: string;
  issuer: string;
  audience: string;
  lifeSeconds: number;
}

/** Whom and which session a token speaks for. */
export interface TokenSubject {
  userId: string;
  email: string;
  sessionId: string;
  sessionEndsAt: Date;
}

export interface IssuedAccessToken {
  token: string;
  /** Unix seconds, as is `serverTime`: a client corrects its own clock by it. */
  expiresAt: number;
  serverTime: number;
}

/**
 * Signs an access token (FR-010, FR-011): exactly `iss aud sub user_id email iat exp jti sid`, and a
 * header of exactly `alg kid typ`. It never outlives its session (FR-012).
 */
export async function issueAccessToken(
  options: AccessTokenOptions,
  subject: TokenSubject,
  now: Date,
): Promise<IssuedAccessToken> {
  const serverTime = Math.floor(now.getTime() / 1000);
  const sessionEnd = Math.floor(subject.sessionEndsAt.getTime() / 1000);
  const expiresAt = Math.min(serverTime + options.lifeSeconds, sessionEnd);
  const token = await new SignJWT({
    iss: options.issuer,
    aud: options.audience,
    sub: subject.userId,
    user_id: subject.userId,
    email: subject.email,
    iat: serverTime,
    exp: expiresAt,
    jti: randomUUID(),
    sid: subject.sessionId,
  })
    .setProtectedHeader({ alg: 'HS256', kid: keyIdOfSecret(options.secret), typ: 'JWT' })
    .sign(new TextEncoder().encode(options.secret));
  return { token, expiresAt, serverTime };
}
