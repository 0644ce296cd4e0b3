const ONE_YEAR_SECONDS = 31_536_000;

/**
 * Headers of every answer that does not say otherwise. Data needs no permission of a browser, so the
 * API's policy grants none; headers that only mean something to pages are left out.
 *
 * @param https whether browsers reach the API by HTTPS, and shall do so from now on
 */
export const securityHeaders = (https: boolean): Readonly<Record<string, string>> => ({
  'cache-control': 'no-store',
  'content-security-policy':
    "default-src 'none';base-uri 'none';form-action 'none';frame-ancestors 'none'",
  'cross-origin-resource-policy': 'same-origin',
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  ...(https
    ? { 'strict-transport-security': `max-age=${ONE_YEAR_SECONDS}; includeSubDomains` }
    : {}),
});

/**
 * What Swagger UI needs: its own scripts, the inline styles that it writes, its data: icons, and
 * calls to its own origin.
 */
export const SWAGGER_CONTENT_SECURITY_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data:",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'self'",
  "frame-ancestors 'none'",
].join(';');
