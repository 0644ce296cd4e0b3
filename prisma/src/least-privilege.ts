import type { PrismaClient } from './generated/client.js';

export type AppRole = 'tessera_web' | 'tessera_api';

interface Privileges {
  role: string;
  superuser: boolean;
  bypassesRowSecurity: boolean;
  ownsTables: boolean;
}

/**
 * Makes sure that the app runs as its own role, which row level security binds. A mistaken URL (the
 * owner's, a superuser's) would work, and would silently lift the last layer of isolation.
 *
 * @throws Error with a sentence for the operator; the driver's error when the database is unreachable
 */
export async function assertLeastPrivilege(db: PrismaClient, expected: AppRole): Promise<void> {
  const [found] = await db.$queryRaw<[Privileges]>`
    SELECT r.rolname AS "role", r.rolsuper AS "superuser", r.rolbypassrls AS "bypassesRowSecurity",
      EXISTS (
        SELECT FROM pg_class c
        WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p')
          AND pg_has_role(r.oid, c.relowner, 'MEMBER')
      ) AS "ownsTables"
    FROM pg_roles r WHERE r.rolname = current_user`;
  const faults = [
    found.role !== expected && `is not ${expected}`,
    found.superuser && 'is a superuser',
    found.bypassesRowSecurity && 'bypasses row level security',
    found.ownsTables && 'owns the tables',
  ].filter((fault) => fault !== false);
  if (faults.length > 0) {
    throw new Error(
      `The database role "${found.role}" ${faults.join(', ')}: connect as ${expected}.`,
    );
  }
}
