import { Injectable, Optional, type ExecutionContext } from '@nestjs/common';
import { GUARDS_METADATA } from '@nestjs/common/constants.js';
import { Reflector } from '@nestjs/core';
import { AuthGuard } from '@nestjs/passport';
import { ACCESS_POLICY, type AccessPolicy } from '../decorators/access-policy.js';
import { principalOf, setPrincipal, type Principal } from '../principal.js';
import { RefusalException } from '../refusal.exception.js';
import { RefusalObserver } from '../refusal.observer.js';
import { UserOwnershipGuard } from './user-ownership.guard.js';

/**
 * Lets a request pass when it carries a valid access token, or when its route is `@Public()`.
 * Registered globally by `AuthModule`, so a route without any decorator is protected. It may stand in
 * `@UseGuards(JwtAuthGuard, …)` as well: a request that was authenticated once is not verified again.
 */
@Injectable()
export class JwtAuthGuard extends AuthGuard('jwt') {
  constructor(
    private readonly reflector: Reflector,
    @Optional() private readonly observer?: RefusalObserver,
  ) {
    super();
  }

  override async canActivate(context: ExecutionContext): Promise<boolean> {
    const request = context.switchToHttp().getRequest<object>();
    if (this.isPublic(context) || principalOf(request) !== undefined) return true;
    try {
      await super.canActivate(context);
      return true;
    } catch (error) {
      if (error instanceof RefusalException) await this.observer?.refused(error, request);
      throw error;
    }
  }

  /** What passport found: an error (a surprise, thrown as it is), a principal, or why there is none. */
  override handleRequest<TUser = Principal>(
    error: unknown,
    principal: TUser | false,
    info: unknown,
    context: ExecutionContext,
  ): TUser {
    if (error) throw error;
    if (!principal) throw toRefusal(info);
    setPrincipal(context.switchToHttp().getRequest<object>(), principal as unknown as Principal);
    return principal;
  }

  /** The handler's own word counts before its controller's; guards of ours that it names are one. */
  private isPublic(context: ExecutionContext): boolean {
    const [handler, controller] = [context.getHandler(), context.getClass()];
    const own = this.reflector.get<AccessPolicy | undefined>(ACCESS_POLICY, handler);
    if (own !== undefined) return own === 'public';
    if (namesGuardOfOurs(handler)) return false;
    return this.reflector.get<AccessPolicy | undefined>(ACCESS_POLICY, controller) === 'public';
  }
}

function namesGuardOfOurs(handler: object): boolean {
  const guards: unknown = Reflect.getMetadata(GUARDS_METADATA, handler);
  const ours = [JwtAuthGuard, UserOwnershipGuard];
  return (
    Array.isArray(guards) && guards.some((guard) => ours.some((our) => isOrExtends(guard, our)))
  );
}

/** `@UseGuards()` takes classes as well as instances. */
function isOrExtends(
  guard: unknown,
  our: typeof JwtAuthGuard | typeof UserOwnershipGuard,
): boolean {
  if (guard instanceof our) return true;
  return typeof guard === 'function' && (guard === our || guard.prototype instanceof our);
}

/** jsonwebtoken, which passport-jwt asks for the signature, has one error class and many messages. */
function toRefusal(info: unknown): RefusalException {
  if (info instanceof RefusalException) return info;
  const message = info instanceof Error ? info.message : '';
  return new RefusalException(
    message === 'invalid signature' ? 'bad_signature' : 'malformed_token',
  );
}
