import { createDatabaseClient } from '@tessera/database';
import {
  createEventWriter,
  SecurityEventRecorder,
  serveMetrics,
} from '@tessera/database/security-events';
import type { WebEnvironment } from '../lib/env.js';
import { reportProblem } from '../lib/report-problem.js';
import { pruneSecurityEvents, repeatHourly } from './event-retention.js';
import { reportSecurityEvent } from './security-event-line.js';

/** One writes; the other deletes what is too old, and may take its time. */
const POOL_SIZE = 2;

export interface SecurityEvents {
  recorder: SecurityEventRecorder;
  /** Writes what is not written yet. */
  close(): Promise<void>;
}

/**
 * What records the security events of this process, with its metrics, and keeps the table from growing
 * for ever. Connections of its own: a crowd that signs in must not keep it waiting.
 *
 * @throws ConfigurationError
 */
export async function openSecurityEvents(
  environment: Pick<WebEnvironment, 'databaseUrl' | 'eventRetentionSeconds' | 'metricsPort'>,
): Promise<SecurityEvents> {
  const { databaseUrl: url, eventRetentionSeconds, metricsPort } = environment;
  const db = createDatabaseClient({ url, poolSize: POOL_SIZE });
  const recorder = new SecurityEventRecorder({
    source: 'web',
    write: createEventWriter(db),
    report: (message, error) => reportProblem(message, { error }),
    log: reportSecurityEvent,
  });
  const { registry } = recorder.metrics;
  const metrics =
    metricsPort === undefined
      ? undefined
      : await serveMetrics(registry, metricsPort, 'WEB_METRICS_PORT');
  const stopPruning = repeatHourly(() => pruneSecurityEvents(db, eventRetentionSeconds));
  return {
    recorder,
    async close() {
      stopPruning();
      await metrics?.close();
      await recorder.close();
      await db.$disconnect();
    },
  };
}
