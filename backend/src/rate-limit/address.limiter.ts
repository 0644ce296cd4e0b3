import { Inject, Injectable } from '@nestjs/common';
import { clientNetwork } from '@tessera/database/contract';
import { CLIENT_ADDRESS, type ClientAddressOf, type HttpRequest } from '../http/client-address.js';
import { RATE_LIMIT } from './rate-limit.options.js';
import { RequestBudgets } from './request.budgets.js';

/** Budgets per client address, for requests that come from nobody we know. */
@Injectable()
export class AddressLimiter {
  private readonly budgets: RequestBudgets;

  constructor(
    @Inject(RATE_LIMIT) limit: number,
    @Inject(CLIENT_ADDRESS) private readonly clientAddressOf: ClientAddressOf,
  ) {
    this.budgets = new RequestBudgets(limit);
  }

  /** @throws TooManyRequestsException when the address has spent this budget */
  spend(
    budget: 'public' | 'refused' | 'unguarded',
    request: Pick<HttpRequest, 'headers' | 'socket'>,
  ): void {
    this.budgets.spend(`${budget} ${clientNetwork(this.clientAddressOf(request))}`);
  }
}
