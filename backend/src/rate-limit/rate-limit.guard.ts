import { Inject, Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { principalOf } from '../auth/index.js';
import type { HttpRequest } from '../http/client-address.js';
import { AddressLimiter } from './address.limiter.js';
import { RATE_LIMIT } from './rate-limit.options.js';
import { RequestBudgets } from './request.budgets.js';
import { UNLIMITED } from './unlimited.decorator.js';

/**
 * One budget per principal over all routes, whatever addresses it calls from; for public routes one
 * per client address. Runs after authentication, so nobody can spend another user's budget.
 */
@Injectable()
export class RateLimitGuard implements CanActivate {
  private readonly principals: RequestBudgets;

  constructor(
    @Inject(RATE_LIMIT) limit: number,
    private readonly addresses: AddressLimiter,
    private readonly reflector: Reflector,
  ) {
    this.principals = new RequestBudgets(limit);
  }

  canActivate(context: ExecutionContext): boolean {
    const request = context.switchToHttp().getRequest<HttpRequest>();
    const principal = principalOf(request);
    if (principal !== undefined) this.principals.spend(principal.userId);
    else if (!this.isUnlimited(context)) this.addresses.spend('public', request);
    return true;
  }

  private isUnlimited(context: ExecutionContext): boolean {
    const targets = [context.getHandler(), context.getClass()];
    return this.reflector.getAllAndOverride<boolean | undefined>(UNLIMITED, targets) ?? false;
  }
}
