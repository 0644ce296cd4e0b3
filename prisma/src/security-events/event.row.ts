import { randomUUID } from 'node:crypto';
import type { SecurityEvent, SecurityEventSource } from './security-event.js';

/** A row as `record_security_events()` takes it. Sent again, it is the same row, with a count no lower. */
export interface EventRow extends SecurityEvent {
  readonly id: string;
  /** Milliseconds since the epoch. */
  readonly at: number;
  readonly source: SecurityEventSource;
  /** Whether it counts events as they come, and names none of them. */
  readonly isTotal: boolean;
  /** How many events it stands for. */
  count: number;
}

const MAX_LENGTH = 500;

/** The row of one event, or the first count of a total. */
export function toRow(
  event: SecurityEvent,
  { source, at, isTotal = false }: { source: SecurityEventSource; at: number; isTotal?: boolean },
): EventRow {
  return {
    id: randomUUID(),
    at,
    source,
    kind: event.kind,
    outcome: event.outcome,
    reason: tidy(event.reason),
    userId: tidy(event.userId),
    email: tidy(event.email),
    subjectHash: tidy(event.subjectHash),
    sessionId: tidy(event.sessionId),
    ip: tidy(event.ip),
    userAgent: tidy(event.userAgent),
    requestId: tidy(event.requestId),
    isTotal,
    count: 1,
  };
}

/**
 * What strangers send, short enough to be kept, and as PostgreSQL takes it: it knows neither NUL nor
 * half a surrogate pair. Through a buffer, so that a piece does not keep the whole alive.
 */
function tidy(text: string | undefined): string | undefined {
  if (text === undefined) return undefined;
  const piece = Buffer.from(text.slice(0, MAX_LENGTH)).toString();
  return piece.replaceAll('\0', '\ufffd');
}
