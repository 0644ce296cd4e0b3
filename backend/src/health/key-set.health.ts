import { Inject, Injectable } from '@nestjs/common';
import { HealthIndicatorService, type HealthIndicatorResult } from '@nestjs/terminus';
import { KEY_SET, type KeySet } from '../auth/index.js';

/** Whether there are keys to verify tokens by: in JWKS mode, not before they were fetched once. */
@Injectable()
export class KeySetHealth {
  constructor(
    private readonly indicators: HealthIndicatorService,
    @Inject(KEY_SET) private readonly keys: KeySet,
  ) {}

  check(): HealthIndicatorResult<'keys'> {
    const indicator = this.indicators.check('keys');
    return this.keys.isReady === false ? indicator.down() : indicator.up();
  }
}
