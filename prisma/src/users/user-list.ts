import type pg from 'pg';

/** What an operator sees of an account: nothing that signs in. */
export interface ListedUser {
  id: string;
  email: string;
  name: string;
  createdAt: Date;
  emailVerified: boolean;
  /** A ban that is in force; without `until` it has no end. */
  ban: { until: string | null; reason: string | null } | null;
  liveSessions: number;
  lastActiveAt: Date | null;
}

const LIST = `
  SELECT u."id", u."email", u."name", u."createdAt", u."emailVerified",
    CASE WHEN u."banned" AND coalesce(u."banExpires" > now(), true)
      THEN json_build_object('until', u."banExpires", 'reason', u."banReason") END AS "ban",
    count(s."id") FILTER (WHERE s."expiresAt" > now())::int AS "liveSessions",
    max(s."updatedAt") AS "lastActiveAt"
  FROM (
    SELECT * FROM "user"
    WHERE "id" = $1 OR strpos("email", lower($1)) > 0 OR strpos(lower("name"), lower($1)) > 0
    ORDER BY "createdAt" DESC, "id" LIMIT $2
  ) u LEFT JOIN "session" s ON s."userId" = u."id"
  GROUP BY u."id", u."email", u."name", u."createdAt", u."emailVerified", u."banned", u."banExpires",
    u."banReason"
  ORDER BY u."createdAt" DESC, u."id"`;

/**
 * Lists accounts, newest first.
 *
 * @param options.search part of an e-mail or name, or a whole id; the empty text finds everybody
 */
export async function listUsers(
  owner: pg.Client,
  options: { search: string; limit: number },
): Promise<ListedUser[]> {
  return (await owner.query<ListedUser>(LIST, [options.search, options.limit])).rows;
}
