/**
 * The network that counts as one client: an IPv4 address alone, of an IPv6 address the first 64 bits,
 * which is what one customer has at the least.
 *
 * @param address canonical text, as `clientAddress` gives it
 */
export function clientNetwork(address: string): string {
  if (!address.includes(':')) return address;
  const [head = '', tail] = address.split('::');
  const groups = head === '' ? [] : head.split(':');
  // `::` stands for the zeros that are missing to eight groups.
  const missing =
    tail === undefined ? 0 : 8 - groups.length - (tail === '' ? 0 : tail.split(':').length);
  const all = [...groups, ...Array<string>(missing).fill('0'), ...(tail?.split(':') ?? [])];
  return `${all.slice(0, 4).join(':')}::/64`;
}
