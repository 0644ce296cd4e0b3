import { Injectable, type ExecutionContext } from '@nestjs/common';
import { ThrottlerGuard, type ThrottlerLimitDetail } from '@nestjs/throttler';
import { principalOf } from '../auth/index.js';
import { TooManyRequestsException } from '../http/too-many-requests.exception.js';

/**
 * One budget per principal over all routes, whatever addresses it calls from; for public routes one
 * per client address. Runs after authentication, so nobody can spend another user's budget.
 */
@Injectable()
export class RateLimitGuard extends ThrottlerGuard {
  /** Per caller, not per handler as the stock guard has it. */
  protected override generateKey(_context: ExecutionContext, tracker: string): string {
    return tracker;
  }

  protected override throwThrottlingException(
    _context: ExecutionContext,
    { timeToBlockExpire }: ThrottlerLimitDetail,
  ): Promise<void> {
    throw new TooManyRequestsException(Math.max(1, timeToBlockExpire));
  }
}

/** Whose budget a request spends. */
export function trackerOf(request: object, addressPrefix: string): string {
  const principal = principalOf(request);
  return principal === undefined ? `public:${addressPrefix}` : `user:${principal.userId}`;
}
