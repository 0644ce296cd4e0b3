import { Module, type DynamicModule } from '@nestjs/common';
import { LoggerModule } from 'nestjs-pino';
import type { DestinationStream } from 'pino';
import { AuthModule } from './auth/index.js';
import type { Environment } from './config/env.js';
import { DatabaseModule } from './database/database.module.js';
import { HealthModule } from './health/health.module.js';
import { HttpModule } from './http/http.module.js';
import { ApplicationLogger } from './logging/application.logger.js';
import { loggerOptions } from './logging/logger.options.js';
import { RateLimitModule } from './rate-limit/rate-limit.module.js';
import { TasksModule } from './tasks/tasks.module.js';
import { UsersModule } from './users/users.module.js';

@Module({})
export class AppModule {
  /** @param logDestination where log lines go; default: standard output */
  static forRoot(environment: Environment, logDestination?: DestinationStream): DynamicModule {
    return {
      module: AppModule,
      imports: [
        LoggerModule.forRoot(loggerOptions(environment, logDestination)),
        HttpModule.forRoot(environment.trustsProxy),
        // Global guards run in the order of these two: who is calling, then how often.
        AuthModule.forRoot(environment.jwt),
        RateLimitModule.forRoot(environment.rateLimit),
        DatabaseModule.forRoot(environment.databaseUrl),
        TasksModule,
        UsersModule,
        HealthModule,
      ],
      providers: [ApplicationLogger],
    };
  }
}
