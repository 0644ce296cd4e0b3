import { applyDecorators, SetMetadata, UseGuards } from '@nestjs/common';
import { ApiForbiddenResponse, ApiParam } from '@nestjs/swagger';
import { JwtAuthGuard } from '../guards/jwt-auth.guard.js';
import { UserOwnershipGuard } from '../guards/user-ownership.guard.js';
import {
  ACCESS_POLICY,
  DEFAULT_OWNER_PARAMETER,
  OWNER_PARAMETER,
  type AccessPolicy,
} from './access-policy.js';
import { ApiAccessToken, problemContent } from './api-access-token.decorator.js';

/**
 * Opens a handler or a controller to one user: the one whom the route names, with a token of theirs.
 * Applies the guards in the only right order (401 before 403) and documents them in Swagger.
 *
 * @param parameter the route parameter that holds the user's id
 */
export const OwnedBy = (parameter: string = DEFAULT_OWNER_PARAMETER) =>
  applyDecorators(
    SetMetadata<string, AccessPolicy>(ACCESS_POLICY, 'owned'),
    SetMetadata(OWNER_PARAMETER, parameter),
    UseGuards(JwtAuthGuard, UserOwnershipGuard),
    ApiAccessToken(),
    ApiParam({
      name: parameter,
      type: String,
      description: "Your own user id: the token's `user_id`",
    }),
    ApiForbiddenResponse({
      description: `\`forbidden\`: the token is good, but \`${parameter}\` is another user's id.`,
      content: problemContent,
    }),
  );
