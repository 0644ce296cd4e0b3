import { Global, Module, type DynamicModule } from '@nestjs/common';
import { APP_GUARD } from '@nestjs/core';
import { RefusalObserver } from '../auth/index.js';
import { AddressLimiter } from './address.limiter.js';
import { RateLimitGuard } from './rate-limit.guard.js';
import { RATE_LIMIT } from './rate-limit.options.js';
import { RefusedRequestLimiter } from './refused-request.limiter.js';

/** Import after `AuthModule`: its guard must run first, so that callers are known by their token. */
@Global()
@Module({})
export class RateLimitModule {
  /** @param limit requests per minute and caller; 0 for no limit */
  static forRoot(limit: number): DynamicModule {
    return {
      module: RateLimitModule,
      providers: [
        { provide: RATE_LIMIT, useValue: limit },
        AddressLimiter,
        { provide: RefusalObserver, useClass: RefusedRequestLimiter },
        { provide: APP_GUARD, useClass: RateLimitGuard },
      ],
      exports: [RefusalObserver],
    };
  }
}
