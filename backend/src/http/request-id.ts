import type { IncomingHttpHeaders } from 'node:http';
import { requestIdFrom } from '@tessera/database/contract';

export const REQUEST_ID_HEADER = 'x-request-id';

/** The id of a request: the caller's `X-Request-Id` where it is safe, else a fresh one. */
export function requestIdOf(request: { headers: IncomingHttpHeaders }): string {
  return requestIdFrom(request.headers[REQUEST_ID_HEADER]);
}
