import { Global, Module, type DynamicModule } from '@nestjs/common';
import { APP_GUARD } from '@nestjs/core';
import { normalizeIp, ThrottlerModule } from '@nestjs/throttler';
import { RefusalObserver } from '../auth/index.js';
import { CLIENT_ADDRESS, type ClientAddressOf, type HttpRequest } from '../http/client-address.js';
import { AddressLimiter } from './address.limiter.js';
import { RateLimitGuard, trackerOf } from './rate-limit.guard.js';
import { RATE_LIMIT, WINDOW_MS } from './rate-limit.options.js';
import { RefusedRequestLimiter } from './refused-request.limiter.js';

/** Import after `AuthModule`: its guard must run first, so that callers are known by their token. */
@Global()
@Module({})
export class RateLimitModule {
  /** @param limit requests per minute and caller; 0 for no limit */
  static forRoot(limit: number): DynamicModule {
    return {
      module: RateLimitModule,
      imports: [
        ThrottlerModule.forRootAsync({
          inject: [CLIENT_ADDRESS],
          useFactory: (clientAddressOf: ClientAddressOf) => ({
            // No block after the window: a caller that slows down is served again at once.
            throttlers: [{ ttl: WINDOW_MS, limit, blockDuration: 0 }],
            skipIf: () => limit === 0,
            setHeaders: false,
            getTracker: (request) =>
              trackerOf(request, normalizeIp(clientAddressOf(request as HttpRequest))),
          }),
        }),
      ],
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
