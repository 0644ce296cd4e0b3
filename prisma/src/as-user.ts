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
 * @throws OwnerGoneError when a row was written for a user who does not exist any more
 */
export async function asUser<T>(
  db: PrismaClient,
  ownerId: OwnerId,
  fn: (transaction: Prisma.TransactionClient) => Promise<T>,
): Promise<T> {
  try {
    return await db.$transaction(async (transaction) => {
      await transaction.$executeRaw`SELECT set_config('app.user_id', ${ownerId}, true)`;
      return fn(transaction);
    });
  } catch (error) {
    throw isWithoutOwner(error) ? new OwnerGoneError() : error;
  }
}

/** A deleted user's sessions end at once; a request that was already let in meets the foreign key. */
function isWithoutOwner(error: unknown): boolean {
  if (!(error instanceof Prisma.PrismaClientKnownRequestError) || error.code !== 'P2003') {
    return false;
  }
  return JSON.stringify(error.meta).includes('_user_id_fkey');
}
