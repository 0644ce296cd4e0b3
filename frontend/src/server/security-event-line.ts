import type { EventRow } from '@tessera/database/security-events';

/** One JSON line on stderr, for those who read logs. No e-mail, nor what stands for one. */
export function reportSecurityEvent(row: EventRow): void {
  const { at, kind, outcome, reason, userId, sessionId, ip, userAgent, requestId, count } = row;
  const line = {
    time: new Date(at).toISOString(),
    level: outcome === 'success' ? 'info' : 'warn',
    message: 'security event',
    event: kind,
    outcome,
    reason,
    userId,
    sessionId,
    ip,
    userAgent,
    requestId,
    // Only of many is it worth saying.
    count: count > 1 ? count : undefined,
  };
  process.stderr.write(`${JSON.stringify(line)}\n`);
}
