import type { PrismaClient } from '@tessera/database';
import type { SecurityEventKind, SecurityEventOutcome } from '@tessera/database/security-events';
import { deviceName } from './device-name';

export interface ActivityItem {
  id: string;
  occurredAt: Date;
  kind: SecurityEventKind;
  outcome: SecurityEventOutcome;
  reason: string | null;
  ip: string | null;
  /** "Firefox on Windows" */
  device: string | null;
  sessionId: string | null;
  /** How often. */
  count: number;
}

/** What a user recognises as their own doing, or as somebody else's. */
const KINDS: SecurityEventKind[] = [
  'sign_up',
  'sign_in',
  'sign_out',
  'session_ended',
  'password_changed',
  'password_reset_requested',
  'password_reset',
  'email_verified',
];

/** What tells that a session ended, and how. */
const ENDS: SecurityEventKind[] = ['sign_out', 'session_ended'];

/**
 * The events of one user, newest first. That a session was revoked is only told where nothing else
 * tells why: after a new password, a ban, or by an operator's hand. The two are noticed at about the
 * same time, by two clocks.
 */
export async function findRecentActivity(
  db: PrismaClient,
  userId: string,
  limit: number,
): Promise<ActivityItem[]> {
  const rows = await db.$queryRaw<(ActivityItem & { userAgent?: string | null })[]>`
    SELECT e."id"::text, e."occurred_at" AS "occurredAt", e."kind", e."outcome", e."reason", e."ip",
      e."user_agent" AS "userAgent", e."session_id" AS "sessionId", e."count"
    FROM "security_event" e
    WHERE e."user_id" = ${userId} AND (
      e."kind" = ANY(${KINDS})
      OR (e."kind" = 'rate_limited' AND e."reason" = 'account_locked')
      OR (e."kind" = 'session_revoked' AND NOT EXISTS (
        SELECT FROM "security_event" why
        WHERE why."user_id" = e."user_id" AND why."session_id" = e."session_id"
          AND why."kind" = ANY(${ENDS})
          AND why."occurred_at" BETWEEN e."occurred_at" - interval '1 minute'
            AND e."occurred_at" + interval '1 minute')))
    ORDER BY e."occurred_at" DESC, e."id"
    LIMIT ${limit}`;
  for (const row of rows) {
    row.device = deviceName(row.userAgent);
    delete row.userAgent;
  }
  return rows;
}
