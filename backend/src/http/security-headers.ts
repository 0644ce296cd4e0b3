import type { SecurityHeadersOptions } from '@nestjs/common';

const NOTHING = {
  defaultSrc: "'none'",
  baseUri: "'none'",
  formAction: "'none'",
  frameAncestors: "'none'",
};

/**
 * Headers of every answer. Data needs no permission of a browser, so the API's policy grants none.
 *
 * @param https whether browsers reach the API by HTTPS, and shall do so from now on
 */
export const securityHeaders = (https: boolean): SecurityHeadersOptions => ({
  contentSecurityPolicy: { useDefaults: false, directives: NOTHING },
  referrerPolicy: { policy: 'no-referrer' },
  xFrameOptions: { action: 'deny' },
  strictTransportSecurity: https,
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
