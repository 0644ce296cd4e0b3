import type { PrismaClient } from '@tessera/database';

/** A session as its owner may see it: by its id, and never with its token. */
export interface ListedSession {
  id: string;
  ipAddress: string | null;
  userAgent: string | null;
  createdAt: Date;
  /** When the session was last used, to within minutes. */
  updatedAt: Date;
  expiresAt: Date;
}

export interface EndedSession {
  id: string;
  userId: string;
}

export type SessionRepository = ReturnType<typeof createSessionRepository>;

/**
 * What Better Auth's own session calls cannot say: whose session was ended, and that it was the
 * caller's, in one statement. Deleting the row revokes the session's access tokens, by a trigger.
 */
export function createSessionRepository(db: PrismaClient) {
  return {
    list(userId: string): Promise<ListedSession[]> {
      return db.session.findMany({
        where: { userId, expiresAt: { gt: new Date() } },
        orderBy: [{ updatedAt: 'desc' }, { id: 'asc' }],
        select: {
          id: true,
          ipAddress: true,
          userAgent: true,
          createdAt: true,
          updatedAt: true,
          expiresAt: true,
        },
      });
    },

    async endByToken(token: string): Promise<EndedSession | undefined> {
      const [ended] = await db.$queryRaw<EndedSession[]>`
        DELETE FROM "session" WHERE "token" = ${token} RETURNING "id", "userId"`;
      return ended;
    },

    /** @returns whether there was such a session of this user */
    async end(userId: string, id: string): Promise<boolean> {
      const { count } = await db.session.deleteMany({ where: { id, userId } });
      return count > 0;
    },

    /** @returns the ids of those that ended */
    async endOthers(userId: string, keptId: string): Promise<string[]> {
      const ended = await db.$queryRaw<{ id: string }[]>`
        DELETE FROM "session" WHERE "userId" = ${userId} AND "id" <> ${keptId} RETURNING "id"`;
      return ended.map(({ id }) => id);
    },

    async touch(id: string): Promise<void> {
      await db.session.updateMany({ where: { id }, data: { updatedAt: new Date() } });
    },

    /**
     * Never shortens: of two requests that extend one session at once, the one that asked first may
     * write last, and a session that is cut short is a session that ends.
     */
    async extend(id: string, expiresAt: Date): Promise<void> {
      await db.$executeRaw`
        UPDATE "session" SET "expiresAt" = GREATEST("expiresAt", ${expiresAt}::timestamptz)
        WHERE "id" = ${id}`;
    },
  };
}
