import { Controller, Get } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { HealthCheckService, type HealthCheckResult } from '@nestjs/terminus';
import { Public } from '../auth/index.js';
import { DatabaseHealth } from '../database/database.health.js';
import { ApiProblem, ApiPublicProblems } from '../http/api-problem.decorator.js';
import { Unlimited } from '../rate-limit/unlimited.decorator.js';
import { HealthDto } from './health.dto.js';
import { KeySetHealth } from './key-set.health.js';

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
  ) {}

  /** Ready to serve: the database answers, and there are keys to verify tokens by */
  @Get()
  @ApiOkResponse({ description: 'Ready', type: HealthDto })
  @ApiProblem('service_unavailable')
  ready(): Promise<HealthCheckResult> {
    return this.health.check([() => this.database.check(), () => this.keys.check()]);
  }

  /** The process is alive, whatever the database does */
  @Get('live')
  @ApiOkResponse({ description: 'Alive', type: HealthDto })
  live(): Promise<HealthCheckResult> {
    return this.health.check([]);
  }
}
