// What both apps record of what happens to accounts, and how it reaches the database (FR-026).
export type {
  SecurityEvent,
  SecurityEventKind,
  SecurityEventOutcome,
  SecurityEventSource,
} from './security-event.js';
export type { EventRow } from './event.row.js';
export { createEventWriter } from './event.writer.js';
export { serveMetrics, type MetricsServer } from './metrics.server.js';
export { SecurityEventRecorder } from './security-event.recorder.js';
