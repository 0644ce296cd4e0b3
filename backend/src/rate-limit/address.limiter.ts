import { Inject, Injectable } from '@nestjs/common';
import { InjectThrottlerStorage, normalizeIp, type ThrottlerStorage } from '@nestjs/throttler';
import { CLIENT_ADDRESS, type ClientAddressOf, type HttpRequest } from '../http/client-address.js';
import { TooManyRequestsException } from '../http/too-many-requests.exception.js';
import { RATE_LIMIT, WINDOW_MS } from './rate-limit.options.js';

/** Budgets per client address, for requests that do not get as far as the guard. */
@Injectable()
export class AddressLimiter {
  constructor(
    @InjectThrottlerStorage() private readonly storage: ThrottlerStorage,
    @Inject(RATE_LIMIT) private readonly limit: number,
    @Inject(CLIENT_ADDRESS) private readonly clientAddressOf: ClientAddressOf,
  ) {}

  /** @throws TooManyRequestsException when the address has spent this budget */
  async spend(budget: string, request: Pick<HttpRequest, 'headers' | 'socket'>): Promise<void> {
    if (this.limit === 0) return;
    const { isBlocked, timeToBlockExpire } = await this.storage.increment(
      `${budget}:${normalizeIp(this.clientAddressOf(request))}`,
      WINDOW_MS,
      this.limit,
      0,
      'default',
    );
    if (isBlocked) throw new TooManyRequestsException(Math.max(1, timeToBlockExpire));
  }
}
