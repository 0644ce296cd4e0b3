import { Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { DEFAULT_OWNER_PARAMETER, OWNER_PARAMETER } from '../decorators/access-policy.js';
import { mintOwner, principalOf } from '../principal.js';
import { toRefusal } from '../refusal.exception.js';
import { RouteMemo } from './route.memo.js';

/**
 * Lets a request pass when the user id in its route is that of its principal (FR-019, FR-021), and
 * mints the `OwnerId` that repositories ask for. To be used after `JwtAuthGuard`; on its own it
 * refuses everything that is not authenticated, with 401 rather than 403.
 */
@Injectable()
export class UserOwnershipGuard implements CanActivate {
  private readonly ownerParameter: RouteMemo<string>;

  constructor(reflector: Reflector) {
    this.ownerParameter = new RouteMemo(
      (...route) =>
        reflector.getAllAndOverride<string | undefined>(OWNER_PARAMETER, route) ??
        DEFAULT_OWNER_PARAMETER,
    );
  }

  canActivate(context: ExecutionContext): boolean {
    const request = context.switchToHttp().getRequest<{ params?: Record<string, unknown> }>();
    const principal = principalOf(request);
    if (principal === undefined) throw toRefusal({ code: 'missing_token' });
    const parameter = this.ownerParameter.get(context);
    const userId = request.params?.[parameter];
    if (userId === undefined) {
      // A mistake of the developer's, not of the client's: fail closed, and say where.
      throw new Error(
        `${context.getClass().name}.${context.getHandler().name}: the route has no parameter ":${parameter}" to check the owner by`,
      );
    }
    if (userId !== principal.userId) throw toRefusal({ code: 'foreign_owner' });
    mintOwner(request);
    return true;
  }
}
