import { Prisma, type PrismaClient } from './generated/client.js';

declare const ownerIdBrand: unique symbol;

/**
 * The id of a user whose right to the rows at hand was checked. Only the ownership check of the API
 * mints one; a query that lacks the check does not compile.
 */
export type OwnerId = string & { readonly [ownerIdBrand]: true };

/** The user whose rows were asked for no longer exists: its token outlived it. */
export class OwnerGoneError extends Error {
  override name = 'OwnerGoneError';

  constructor() {
    super('The owner no longer exists');
  }
}

/**
 * Runs `fn` in one transaction in which row level security shows the rows of `ownerId` and no
 * others. The setting ends with the transaction, so a pooled connection carries it nowhere.
 *
 * @throws OwnerGoneError when no such user exists (any more)
 */
export async function asUser<T>(
  db: PrismaClient,
  ownerId: OwnerId,
  fn: (transaction: Prisma.TransactionClient) => Promise<T>,
): Promise<T> {
  try {
    return await db.$transaction(async (transaction) => {
      const [owner] = await transaction.$queryRaw<[{ exists: boolean }]>`
        SELECT set_config('app.user_id', ${ownerId}, true), user_exists(${ownerId}) AS "exists"`;
      if (!owner.exists) throw new OwnerGoneError();
      return fn(transaction);
    });
  } catch (error) {
    // Deleted between that question and the insert: the foreign key noticed.
    if (isForeignKeyViolation(error) && !(await exists(db, ownerId))) throw new OwnerGoneError();
    throw error;
  }
}

function isForeignKeyViolation(error: unknown): boolean {
  return error instanceof Prisma.PrismaClientKnownRequestError && error.code === 'P2003';
}

async function exists(db: PrismaClient, userId: string): Promise<boolean> {
  const [user] = await db.$queryRaw<
    [{ exists: boolean }]
  >`SELECT user_exists(${userId}) AS "exists"`;
  return user.exists;
}
