import {
  Global,
  Inject,
  Module,
  type DynamicModule,
  type OnApplicationBootstrap,
  type OnApplicationShutdown,
} from '@nestjs/common';
import type { PrismaClient } from '@tessera/database';
import {
  createEventWriter,
  SecurityEventRecorder,
  serveMetrics,
  type MetricsServer,
} from '@tessera/database/security-events';
import type { Logger } from 'pino';
import { DATABASE } from '../database/database.token.js';
import { LOGGER } from '../logging/logger.js';
import { RefusedRequests } from './refused-requests.js';

const METRICS_PORT = Symbol('METRICS_PORT');

/**
 * Records what is refused, and counts it for the operator. To be imported after the database, which is
 * closed in the opposite order: the last events are written before.
 */
@Global()
@Module({})
export class SecurityEventsModule implements OnApplicationBootstrap, OnApplicationShutdown {
  private metrics: MetricsServer | undefined;

  constructor(
    private readonly recorder: SecurityEventRecorder,
    @Inject(METRICS_PORT) private readonly port: number | undefined,
  ) {}

  /** @param metricsPort where Prometheus may ask; without it nothing is served */
  static forRoot(metricsPort: number | undefined): DynamicModule {
    return {
      module: SecurityEventsModule,
      providers: [
        { provide: METRICS_PORT, useValue: metricsPort },
        { provide: SecurityEventRecorder, inject: [DATABASE, LOGGER], useFactory: createRecorder },
        RefusedRequests,
      ],
      exports: [RefusedRequests],
    };
  }

  /** @throws ConfigurationError */
  async onApplicationBootstrap(): Promise<void> {
    if (this.port === undefined) return;
    const { registry } = this.recorder.metrics;
    this.metrics = await serveMetrics(registry, this.port, 'API_METRICS_PORT');
  }

  async onApplicationShutdown(): Promise<void> {
    await this.metrics?.close();
    await this.recorder.close();
  }
}

/** Its log lines are those of the refused requests, so it needs none of its own. */
const createRecorder = (db: PrismaClient, logger: Logger) =>
  new SecurityEventRecorder({
    source: 'api',
    write: createEventWriter(db),
    report: (message, err) => logger.error({ event: 'security_events', err }, message),
  });
