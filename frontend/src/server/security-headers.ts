interface Origins {
  apiUrl: string;
  isHttps: boolean;
}

const TWO_YEARS = 63_072_000;

/** The headers that are the same for every answer (FR-024). */
export function securityHeaders({ isHttps }: Pick<Origins, 'isHttps'>): Record<string, string> {
  return {
    'x-content-type-options': 'nosniff',
    'x-frame-options': 'DENY',
    'referrer-policy': 'strict-origin-when-cross-origin',
    'permissions-policy': 'camera=(), geolocation=(), microphone=(), payment=(), usb=()',
    'cross-origin-opener-policy': 'same-origin',
    'cross-origin-resource-policy': 'same-origin',
    ...(isHttps && { 'strict-transport-security': `max-age=${TWO_YEARS}; includeSubDomains` }),
  };
}

/**
 * Scripts run by nonce only. Styles may be inline: the components position what floats by style
 * attributes, and a style cannot read a token.
 *
 * @see https://www.w3.org/TR/CSP3/
 */
export function contentSecurityPolicy(
  { apiUrl, isHttps }: Origins,
  nonce: string,
  { dev }: { dev: boolean },
): string {
  return [
    "default-src 'self'",
    `script-src 'self' 'nonce-${nonce}' 'strict-dynamic'${dev ? " 'unsafe-eval'" : ''}`,
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data:",
    "font-src 'self'",
    `connect-src 'self' ${apiUrl}${dev ? ' ws:' : ''}`,
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
    // On plain http this would send every request to a port that speaks no TLS.
    ...(isHttps ? ['upgrade-insecure-requests'] : []),
  ].join('; ');
}
