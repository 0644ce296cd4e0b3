import { decodeJwt } from 'jose';

/** An access token as this browser sees it; times are milliseconds of its own clock. */
export interface AccessToken {
  value: string;
  userId: string;
  renewAt: number;
  expiresAt: number;
}

export type TokenOutcome =
  | { kind: 'issued'; token: AccessToken }
  /** The session is over: the one answer that ends it for the client too. */
  | { kind: 'no session' }
  | { kind: 'unavailable' };

const RENEW_BEFORE_SECONDS = 5 * 60;
/** A request that hangs would hold the renewal of every tab. */
const PATIENCE_MS = 10_000;

/** Asks the issuer for a token of the session in the cookie. Never throws. */
export async function fetchAccessToken(): Promise<TokenOutcome> {
  // Taken before the request leaves: rather too early for a renewal than too late.
  const askedAt = Date.now();
  try {
    const answer = await fetch('/api/auth/token', {
      cache: 'no-store',
      signal: AbortSignal.timeout(PATIENCE_MS),
    });
    if (answer.status === 401) return { kind: 'no session' };
    if (!answer.ok) return { kind: 'unavailable' };
    return { kind: 'issued', token: toAccessToken(await answer.json(), askedAt) };
  } catch {
    return { kind: 'unavailable' };
  }
}

/**
 * A wrong clock in this browser does not matter: what counts is how long the token still lives by the
 * issuer's clock. It is renewed when less than five minutes, or a third of its life, are left (US5).
 */
function toAccessToken(
  body: { token: string; expiresAt: number; serverTime: number },
  askedAt: number,
): AccessToken {
  const lifeSeconds = body.expiresAt - body.serverTime;
  const { sub } = decodeJwt(body.token);
  if (sub === undefined || !(lifeSeconds > 0)) throw new Error('Not an access token of ours');
  const expiresAt = askedAt + lifeSeconds * 1000;
  const renewBefore = Math.min(RENEW_BEFORE_SECONDS, lifeSeconds / 3);
  return { value: body.token, userId: sub, renewAt: expiresAt - renewBefore * 1000, expiresAt };
}
