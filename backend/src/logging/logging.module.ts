import {
  Global,
  Inject,
  Module,
  type DynamicModule,
  type OnApplicationShutdown,
} from '@nestjs/common';
import type { Logger } from 'pino';
import { ApplicationLogger } from './application.logger.js';
import { LOGGER } from './logger.js';
import { RequestLog } from './request.log.js';

export interface Logs {
  readonly application: Logger;
  readonly requests: RequestLog;
}

@Global()
@Module({})
export class LoggingModule implements OnApplicationShutdown {
  constructor(@Inject(LOGGER) private readonly logger: Logger) {}

  static forRoot({ application, requests }: Logs): DynamicModule {
    return {
      module: LoggingModule,
      providers: [
        ApplicationLogger,
        { provide: LOGGER, useValue: application },
        { provide: RequestLog, useValue: requests },
      ],
      exports: [LOGGER, RequestLog],
    };
  }

  /** The last lines are written while there still is an event loop. */
  async onApplicationShutdown(): Promise<void> {
    await new Promise<void>((resolve) => this.logger.flush(() => resolve()));
  }
}
