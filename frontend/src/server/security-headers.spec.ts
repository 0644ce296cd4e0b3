import { contentSecurityPolicy, securityHeaders } from './security-headers';

const LOCAL = { apiUrl: 'http://localhost:3001', isHttps: false };
const PUBLIC = { apiUrl: 'https://api.example.com', isHttps: true };

const directive = (policy: string, name: string) =>
  policy.split('; ').find((part) => part.split(' ')[0] === name);

describe('the content security policy', () => {
  it('lets scripts run by nonce only', () => {
    const policy = contentSecurityPolicy(LOCAL, 'n0nce', { dev: false });
    expect(directive(policy, 'script-src')).toBe(
      "script-src 'self' 'nonce-n0nce' 'strict-dynamic'",
    );
  });

  it('lets the page talk to its own origin and the API, and to nobody else', () => {
    const policy = contentSecurityPolicy(LOCAL, 'n', { dev: false });
    expect(directive(policy, 'connect-src')).toBe("connect-src 'self' http://localhost:3001");
    expect(directive(policy, 'frame-ancestors')).toBe("frame-ancestors 'none'");
    expect(directive(policy, 'form-action')).toBe("form-action 'self'");
  });

  it('lets no plug-in run and no <base> bend the addresses of the page', () => {
    const policy = contentSecurityPolicy(LOCAL, 'n', { dev: false });
    expect(directive(policy, 'object-src')).toBe("object-src 'none'");
    expect(directive(policy, 'base-uri')).toBe("base-uri 'none'");
  });

  it('upgrades requests on https only: on plain http that would break every one', () => {
    const upgrades = /upgrade-insecure-requests/;
    expect(contentSecurityPolicy(PUBLIC, 'n', { dev: false })).toMatch(upgrades);
    expect(contentSecurityPolicy(LOCAL, 'n', { dev: false })).not.toMatch(upgrades);
  });
});

describe('the security headers', () => {
  it('ask for https on https only (FR-024)', () => {
    expect(securityHeaders(PUBLIC)['strict-transport-security']).toMatch(/^max-age=\d{8}/);
    expect(securityHeaders(LOCAL)).not.toHaveProperty('strict-transport-security');
  });

  it('forbid framing, sniffing and embedding, and tell other sites no path', () => {
    expect(securityHeaders(LOCAL)).toMatchObject({
      'x-content-type-options': 'nosniff',
      'x-frame-options': 'DENY',
      'cross-origin-opener-policy': 'same-origin',
      'cross-origin-resource-policy': 'same-origin',
      'referrer-policy': 'strict-origin-when-cross-origin',
    });
  });
});
