import type { IncomingHttpHeaders } from 'node:http';
import { clientAddress, type TrustsProxy } from '@tessera/database/contract';

/** As much of a request as this layer looks at; Fastify's and Express's both have it. */
export interface HttpRequest {
  readonly id: string;
  readonly url: string;
  readonly headers: IncomingHttpHeaders;
  readonly socket: { readonly remoteAddress?: string | undefined };
}

export type ClientAddressOf = (request: Pick<HttpRequest, 'headers' | 'socket'>) => string;

/** Injection token of {@link ClientAddressOf}. */
export const CLIENT_ADDRESS = Symbol('CLIENT_ADDRESS');

/** The one place that decides who the client is; Fastify's own `trustProxy` stays off. */
export const createClientAddressOf =
  (trusts: TrustsProxy): ClientAddressOf =>
  ({ headers, socket }) => {
    const forwarded = headers['x-forwarded-for'];
    const text = Array.isArray(forwarded) ? forwarded.join(',') : forwarded;
    return clientAddress(socket.remoteAddress, text, trusts);
  };
