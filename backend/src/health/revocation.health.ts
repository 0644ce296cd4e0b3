import { Inject, Injectable } from '@nestjs/common';
import { HealthIndicatorService, type HealthIndicatorResult } from '@nestjs/terminus';
import { REVOCATION, type Revocation } from '../auth/index.js';

/** Whether it is known which tokens were revoked; without it, guarded routes answer 503. */
@Injectable()
export class RevocationHealth {
  constructor(
    private readonly indicators: HealthIndicatorService,
    @Inject(REVOCATION) private readonly revocation: Revocation,
  ) {}

  check(): HealthIndicatorResult<'revocation'> {
    const indicator = this.indicators.check('revocation');
    return this.revocation.isReady ? indicator.up() : indicator.down();
  }
}
