import { Controller, Get } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { HealthCheckService, type HealthCheckResult } from '@nestjs/terminus';
import { Public } from '../auth/index.js';
import { DatabaseHealth } from '../database/database.health.js';
import { ApiProblem, ApiPublicProblems } from '../http/api-problem.decorator.js';
import { Unlimited } from '../rate-limit/unlimited.decorator.js';
import { HealthDto } from './health.dto.js';
import { KeySetHealth } from './key-set.health.js';
import { RevocationHealth } from './revocation.health.js';

@ApiTags('health')
@Controller('health')
@Public()
@Unlimited()
@ApiPublicProblems()
export class HealthController {
  constructor(
    private readonly health: HealthCheckService,
    private readonly database: DatabaseHealth,
    private readonly keys: KeySetHealth,
    private readonly revocation: RevocationHealth,
  ) {}

  /** Ready to serve: the database answers, there are keys, and it is known what was revoked */
  @Get()
  @ApiOkResponse({ description: 'Ready', type: HealthDto })
  @ApiProblem('service_unavailable')
  ready(): Promise<HealthCheckResult> {
    return this.health.check([
      () => this.database.check(),
      () => this.keys.check(),
      () => this.revocation.check(),
    ]);
  }

  /** The process is alive, whatever the database does */
  @Get('live')
  @ApiOkResponse({ description: 'Alive', type: HealthDto })
  live(): Promise<HealthCheckResult> {
    return this.health.check([]);
  }
}
