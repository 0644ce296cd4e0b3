import type { PrismaClient } from '@tessera/database';

export type EmailProofRepository = ReturnType<typeof createEmailProofRepository>;

export function createEmailProofRepository(db: PrismaClient) {
  return {
    /** Notes that the user reads the mail of the account's address. */
    async record(userId: string): Promise<void> {
      await db.user.updateMany({
        where: { id: userId, emailVerified: false },
        data: { emailVerified: true },
      });
    },
  };
}
