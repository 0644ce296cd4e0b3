import { randomUUID } from 'node:crypto';

/** A caller's own id is kept only if it can do no harm in a log, a header or a terminal. */
const SAFE_ID = /^[A-Za-z0-9][A-Za-z0-9._-]{7,63}$/;

/** The id of a request: the one that its `X-Request-Id` gives, where it is safe, else a fresh one. */
export function requestIdFrom(given: unknown): string {
  return typeof given === 'string' && SAFE_ID.test(given) ? given : randomUUID();
}
