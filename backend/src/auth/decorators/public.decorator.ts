import { SetMetadata } from '@nestjs/common';
import { ACCESS_POLICY, type AccessPolicy } from './access-policy.js';

/** Opens a handler, or every handler of a controller, to callers without a token. */
export const Public = () => SetMetadata<string, AccessPolicy>(ACCESS_POLICY, 'public');
