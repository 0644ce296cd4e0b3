import { randomUUID } from 'node:crypto';

export interface AccessTokenOptions {
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

export interface AccessTokenClaims {
  iss: string;
  aud: string;
  sub: string;
  user_id: string;
  email: string;
  iat: number;
  exp: number;
  jti: string;
  sid: string;
}

/** The claims of a new access token (FR-010), which never outlives its session (FR-012). */
export function accessTokenClaims(
  options: AccessTokenOptions,
  subject: TokenSubject,
  now: Date,
): AccessTokenClaims {
  const issuedAt = Math.floor(now.getTime() / 1000);
  const sessionEnd = Math.floor(subject.sessionEndsAt.getTime() / 1000);
  return {
    iss: options.issuer,
    aud: options.audience,
    sub: subject.userId,
    user_id: subject.userId,
    email: subject.email,
    iat: issuedAt,
    exp: Math.min(issuedAt + options.lifeSeconds, sessionEnd),
    jti: randomUUID(),
    sid: subject.sessionId,
  };
}
