import { Controller, Get } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { HealthCheckService, type HealthCheckResult } from '@nestjs/terminus';
import { SkipThrottle } from '@nestjs/throttler';
import { Public } from '../auth/index.js';
import { DatabaseHealth } from '../database/database.health.js';
import { ApiProblem, ApiPublicProblems } from '../http/api-problem.decorator.js';
import { HealthDto } from './health.dto.js';

@ApiTags('health')
@Controller('health')
@Public()
@SkipThrottle()
@ApiPublicProblems()
export class HealthController {
  constructor(
    private readonly health: HealthCheckService,
    private readonly database: DatabaseHealth,
  ) {}

  /** Ready to serve: the database answers */
  @Get()
  @ApiOkResponse({ description: 'Ready', type: HealthDto })
  @ApiProblem('service_unavailable')
  ready(): Promise<HealthCheckResult> {
    return this.health.check([() => this.database.check()]);
  }

  /** The process is alive, whatever the database does */
  @Get('live')
  @ApiOkResponse({ description: 'Alive', type: HealthDto })
  live(): Promise<HealthCheckResult> {
    return this.health.check([]);
  }
}
