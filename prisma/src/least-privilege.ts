import type { PrismaClient } from './generated/client.js';

export type AppRole = 'tessera_web' | 'tessera_api';

interface Privileges {
  role: string;
  actsAs: string;
  superuser: boolean;
  bypassesRowSecurity: boolean;
  ownsTables: boolean;
}

/**
 * Makes sure that the app runs as its own role, which row level security binds. A mistaken URL (the
 * owner's, a superuser's) would work, and would silently lift the last layer of isolation. The role
 * that signed in is judged, with every role it could become: `SET ROLE` can be taken back.
 *
 * @throws Error with a sentence for the operator; the driver's error when the database is unreachable
 */
export async function assertLeastPrivilege(db: PrismaClient, expected: AppRole): Promise<void> {
  const [found] = await db.$queryRaw<[Privileges]>`
    SELECT session_user::text AS "role", current_user::text AS "actsAs",
      bool_or(r.rolsuper) AS "superuser", bool_or(r.rolbypassrls) AS "bypassesRowSecurity",
      bool_or(EXISTS (
        SELECT FROM pg_class c
        WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p')
          AND c.relowner = r.oid
      )) AS "ownsTables"
    FROM pg_roles r WHERE pg_has_role(session_user, r.oid, 'MEMBER')`;
  const faults = [
    found.role !== expected && `is not ${expected}`,
    found.actsAs !== found.role && `acts as "${found.actsAs}"`,
    found.superuser && 'is a superuser, or can become one',
    found.bypassesRowSecurity && 'bypasses row level security, or can',
    found.ownsTables && 'owns tables, or can act as their owner',
  ].filter((fault) => fault !== false);
  if (faults.length > 0) {
    throw new Error(
      `The database role "${found.role}" ${faults.join(', ')}: connect as ${expected}.`,
    );
  }
}
