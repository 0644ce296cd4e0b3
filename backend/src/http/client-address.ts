import type { IncomingHttpHeaders } from 'node:http';
import { clientAddress, type TrustsProxy } from '@tessera/database/contract';

/** As much of a request as this layer looks at; Fastify's and Express's both have it. */
export interface HttpRequest {
  readonly id: string;
  readonly method: string;
  readonly url: string;
  readonly headers: IncomingHttpHeaders;
  readonly socket: { readonly remoteAddress?: string | undefined };
}

export type ClientAddressOf = (request: Pick<HttpRequest, 'headers' | 'socket'>) => string;

/** Injection token of {@link ClientAddressOf}. */
export const CLIENT_ADDRESS = Symbol('CLIENT_ADDRESS');

/**
 * The one place that decides who the client is; Fastify's own `trustProxy` stays off. What was found
 * for a connection is kept while its requests say the same, as reading addresses is slow.
 */
export function createClientAddressOf(trusts: TrustsProxy): ClientAddressOf {
  const found = new WeakMap<object, { forwarded: string | undefined; address: string }>();
  return ({ headers, socket }) => {
    const header = headers['x-forwarded-for'];
    const forwarded = Array.isArray(header) ? header.join(',') : header;
    const known = found.get(socket);
    if (known !== undefined && known.forwarded === forwarded) return known.address;
    const address = clientAddress(socket.remoteAddress, forwarded, trusts);
    // A closed socket no longer knows its peer: what was found before stays right.
    found.set(socket, { forwarded, address });
    return address;
  };
}
