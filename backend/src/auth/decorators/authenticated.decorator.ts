import { applyDecorators, SetMetadata, UseGuards } from '@nestjs/common';
import { JwtAuthGuard } from '../guards/jwt-auth.guard.js';
import { ACCESS_POLICY, type AccessPolicy } from './access-policy.js';
import { ApiAccessToken } from './api-access-token.decorator.js';

/** Opens a handler or a controller to every user with a valid access token. See also `@OwnedBy()`. */
export const Authenticated = () =>
  applyDecorators(
    SetMetadata<string, AccessPolicy>(ACCESS_POLICY, 'authenticated'),
    UseGuards(JwtAuthGuard),
    ApiAccessToken(),
  );
