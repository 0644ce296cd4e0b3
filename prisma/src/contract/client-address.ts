import type { IncomingMessage } from 'node:http';
import ipaddr from 'ipaddr.js';
import proxyaddr from 'proxy-addr';
import { z } from 'zod';

/** Whether a peer's `X-Forwarded-For` is believed. */
export type TrustsProxy = (address: string) => boolean;

/** Comma list of addresses and CIDR ranges → predicate. Without it nobody is trusted. */
export const trustedProxies = z
  .string()
  .default('')
  .transform((text, context): TrustsProxy => {
    const ranges = text
      .split(',')
      .map((range) => range.trim())
      .filter(Boolean);
    try {
      const trusts = proxyaddr.compile(ranges);
      return (address) => trusts(address, 0);
    } catch {
      context.addIssue('must be a comma separated list of IP addresses and CIDR ranges');
      return z.NEVER;
    }
  });

/**
 * The address of the client: the peer, or, while each peer is a trusted proxy, the one that proxy
 * reports. What a client writes into `X-Forwarded-For` itself is never reached.
 *
 * @returns canonical text (IPv4 also for IPv4-mapped IPv6), or `unknown` for a closed socket
 */
export function clientAddress(
  socketAddress: string | undefined,
  xForwardedFor: string | undefined,
  trusts: TrustsProxy,
): string {
  if (socketAddress === undefined || !ipaddr.isValid(socketAddress)) return 'unknown';
  // proxy-addr reads exactly these two parts of a request.
  const request = {
    socket: { remoteAddress: socketAddress },
    headers: { 'x-forwarded-for': xForwardedFor },
  } as unknown as IncomingMessage;
  let nearest = socketAddress;
  for (const address of proxyaddr.all(request)) {
    // A trusted proxy that reports something else than an address is where the trail ends.
    if (!ipaddr.isValid(address)) break;
    nearest = address;
    if (!trusts(address)) break;
  }
  return ipaddr.process(nearest).toString();
}
