import ipaddr from 'ipaddr.js';

/**
 * The network that counts as one client: an IPv4 address alone, of an IPv6 address the first 64 bits,
 * which is what one customer has at the least.
 *
 * @param address as `clientAddress` gives it; `unknown` is a client of its own
 */
export function clientNetwork(address: string): string {
  if (!ipaddr.IPv6.isValid(address)) return address;
  const [a = 0, b = 0, c = 0, d = 0] = ipaddr.IPv6.parse(address).parts;
  return `${[a, b, c, d].map((group) => group.toString(16)).join(':')}::/64`;
}
