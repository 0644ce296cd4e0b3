import { applyDecorators, SetMetadata } from '@nestjs/common';
import { ApiSecurity } from '@nestjs/swagger';
import { ACCESS_POLICY, type AccessPolicy } from './access-policy.js';

/**
 * Opens a handler, or every handler of a controller, to callers without a token. It does not lift an
 * ownership check: a handler of an `@OwnedBy()` controller stays closed.
 */
export const Public = () =>
  applyDecorators(
    SetMetadata<string, AccessPolicy>(ACCESS_POLICY, 'public'),
    // In the document every other route asks for a token.
    ApiSecurity({}),
  );
