import type { PrismaClient } from '../generated/client.js';
import { codesOf, errorLayers } from '../error-layers.js';
import type { EventRow } from './event.row.js';

/** Writes rows, all or none. What was written before is counted up. */
export type EventWriter = (rows: readonly EventRow[]) => Promise<void>;

export const createEventWriter =
  (db: PrismaClient): EventWriter =>
  async (rows) => {
    await db.$executeRaw`SELECT record_security_events(${JSON.stringify(rows)}::jsonb)`;
  };

/**
 * Whether the database found fault with the rows themselves (SQLSTATE classes 22, data, and 23,
 * integrity), so that to send them again would change nothing.
 */
export function isUnacceptable(error: unknown): boolean {
  for (const layer of errorLayers(error)) {
    if (codesOf(layer).some((code) => /^2[23][0-9A-Z]{3}$/.test(code))) return true;
  }
  return false;
}
