import { Inject, Injectable } from '@nestjs/common';
import { HealthIndicatorService, type HealthIndicatorResult } from '@nestjs/terminus';
import type { PrismaClient } from '@tessera/database';
import { DATABASE } from './database.token.js';

const TIMEOUT_MS = 3_000;

/** Whether the database answers. Says no more than up or down: the route is public. */
@Injectable()
export class DatabaseHealth {
  constructor(
    private readonly indicators: HealthIndicatorService,
    @Inject(DATABASE) private readonly db: PrismaClient,
  ) {}

  async check(): Promise<HealthIndicatorResult<'database'>> {
    const indicator = this.indicators.check('database');
    const timedOut = new Promise<false>((resolve) => {
      setTimeout(() => resolve(false), TIMEOUT_MS).unref();
    });
    const answered = this.db.$queryRaw`SELECT 1`.then(
      () => true,
      () => false,
    );
    return (await Promise.race([answered, timedOut])) ? indicator.up() : indicator.down();
  }
}
