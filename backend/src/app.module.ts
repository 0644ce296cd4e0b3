import { Module, type DynamicModule } from '@nestjs/common';
import { AuthModule } from './auth/index.js';
import type { Environment } from './config/env.js';
import { DatabaseModule } from './database/database.module.js';
import { HealthModule } from './health/health.module.js';
import type { ClientAddressOf } from './http/client-address.js';
import { HttpModule } from './http/http.module.js';
import { LoggingModule, type Logs } from './logging/logging.module.js';
import { RateLimitModule } from './rate-limit/rate-limit.module.js';
import { SecurityEventsModule } from './security-events/security-events.module.js';
import { TasksModule } from './tasks/tasks.module.js';
import { UsersModule } from './users/users.module.js';

@Module({})
export class AppModule {
  static forRoot(
    environment: Environment,
    logs: Logs,
    clientAddressOf: ClientAddressOf,
  ): DynamicModule {
    return {
      module: AppModule,
      imports: [
        LoggingModule.forRoot(logs),
        HttpModule.forRoot({ clientAddressOf, explainsRefusals: environment.explainsRefusals }),
        // Global guards run in the order of these two: who is calling, then how often.
        AuthModule.forRoot(environment.jwt),
        RateLimitModule.forRoot(environment.rateLimit),
        DatabaseModule.forRoot(environment.databaseUrl),
        SecurityEventsModule.forRoot(environment.metricsPort),
        TasksModule,
        UsersModule,
        HealthModule,
      ],
    };
  }
}
