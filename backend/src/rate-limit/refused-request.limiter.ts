import { Inject, Injectable } from '@nestjs/common';
import { InjectThrottlerStorage, normalizeIp, type ThrottlerStorage } from '@nestjs/throttler';
import { RefusalObserver } from '../auth/index.js';
import { CLIENT_ADDRESS, type ClientAddressOf, type HttpRequest } from '../http/client-address.js';
import { TooManyRequestsException } from '../http/too-many-requests.exception.js';
import { RATE_LIMIT, WINDOW_MS } from './rate-limit.options.js';

/**
 * Counts refused tokens per client address and answers 429 in place of 401 beyond the limit. Good
 * tokens from the same address are not touched: a neighbour behind one router is no reason to refuse.
 */
@Injectable()
export class RefusedRequestLimiter extends RefusalObserver {
  constructor(
    @InjectThrottlerStorage() private readonly storage: ThrottlerStorage,
    @Inject(RATE_LIMIT) private readonly limit: number,
    @Inject(CLIENT_ADDRESS) private readonly clientAddressOf: ClientAddressOf,
  ) {
    super();
  }

  override async refused(_refusal: unknown, request: object): Promise<void> {
    if (this.limit === 0) return;
    const key = `refused:${normalizeIp(this.clientAddressOf(request as HttpRequest))}`;
    const { isBlocked, timeToBlockExpire } = await this.storage.increment(
      key,
      WINDOW_MS,
      this.limit,
      0,
      'default',
    );
    if (isBlocked) throw new TooManyRequestsException(Math.max(1, timeToBlockExpire));
  }
}
