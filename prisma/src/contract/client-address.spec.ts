import { clientAddress, trustedProxies } from './client-address.js';

const nobody = trustedProxies.parse(undefined);
const privateRanges = trustedProxies.parse('10.0.0.0/8, fd00::/8');

describe("the client's address (FR-023)", () => {
  it('is the peer, whatever the client claims, when no proxy is trusted', () => {
    expect(clientAddress('203.0.113.7', '198.51.100.1', nobody)).toBe('203.0.113.7');
  });

  it('is what a trusted proxy reports', () => {
    expect(clientAddress('10.0.0.2', '198.51.100.1', privateRanges)).toBe('198.51.100.1');
  });

  it('is the nearest untrusted address, not what stands left of it', () => {
    expect(clientAddress('10.0.0.2', '1.1.1.1, 198.51.100.1, 10.0.0.3', privateRanges)).toBe(
      '198.51.100.1',
    );
  });

  it('ignores the header of an untrusted peer even when the header names trusted ones', () => {
    expect(clientAddress('203.0.113.7', '10.0.0.9', privateRanges)).toBe('203.0.113.7');
  });

  it('ends at what is not an address', () => {
    expect(clientAddress('10.0.0.2', '1.1.1.1, <script>, 10.0.0.3', privateRanges)).toBe(
      '10.0.0.3',
    );
  });

  it('has one spelling', () => {
    expect(clientAddress('::ffff:203.0.113.7', undefined, nobody)).toBe('203.0.113.7');
    expect(clientAddress('2001:DB8:0:0::1', undefined, nobody)).toBe('2001:db8::1');
  });

  it('is unknown for a socket that is gone', () => {
    expect(clientAddress(undefined, '198.51.100.1', privateRanges)).toBe('unknown');
  });

  it.each(['all', '10.0.0.0/33', 'proxy.example.com'])('refuses %s as a trusted proxy', (text) => {
    expect(trustedProxies.safeParse(text).success).toBe(false);
  });
});
