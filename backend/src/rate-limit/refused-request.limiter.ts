import { Injectable } from '@nestjs/common';
import { RefusalObserver } from '../auth/index.js';
import type { HttpRequest } from '../http/client-address.js';
import { AddressLimiter } from './address.limiter.js';

/**
 * Counts refused tokens per client address and answers 429 in place of 401 beyond the limit. Good
 * tokens from the same address are not touched: a neighbour behind one router is no reason to refuse.
 */
@Injectable()
export class RefusedRequestLimiter extends RefusalObserver {
  constructor(private readonly limiter: AddressLimiter) {
    super();
  }

  override refused(_refusal: unknown, request: object): void {
    this.limiter.spend('refused', request as HttpRequest);
  }
}
