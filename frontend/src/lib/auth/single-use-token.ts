import type { PrismaClient } from '@tessera/database';
import { type DBAdapter, generateId, type GenericEndpointContext } from 'better-auth';
import { isDuplicate } from './database-observer';

const LENGTH = 32;
const FORM = /^[0-9A-Za-z]{32}$/;

/** What the token of a link is good for. Better Auth's own `/reset-password` knows the first name. */
const PURPOSES = {
  'reset-password': { lifeSeconds: 30 * 60, value: (userId: string) => userId },
  'verify-email': { lifeSeconds: 24 * 3600, value: (userId: string) => `verify-email:${userId}` },
};

type Purpose = keyof typeof PURPOSES;

/**
 * Makes a token, and those that were made before for the same user and purpose void.
 *
 * @returns nothing when another one, made at the same moment, is on its way: there is one at a time
 */
export async function issueToken(
  ctx: GenericEndpointContext,
  purpose: Purpose,
  userId: string,
): Promise<string | undefined> {
  const token = generateId(LENGTH);
  const { lifeSeconds, value } = PURPOSES[purpose];
  await voidTokens(ctx.context.adapter, purpose, userId);
  try {
    await ctx.context.internalAdapter.createVerificationValue({
      identifier: `${purpose}:${token}`,
      value: value(userId),
      expiresAt: new Date(Date.now() + lifeSeconds * 1000),
    });
    return token;
  } catch (error) {
    if (isDuplicate(error)) return undefined;
    throw error;
  }
}

/** Links that are still in some mailbox lead nowhere from now on. */
export async function voidTokens(
  adapter: Pick<DBAdapter, 'deleteMany'>,
  purpose: Purpose,
  userId: string,
): Promise<void> {
  const where = [{ field: 'value', value: PURPOSES[purpose].value(userId) }];
  await adapter.deleteMany({ model: 'verification', where });
}

/** The same where Better Auth is not at hand, for the one link that leads to an account. */
export async function voidResetLink(db: PrismaClient, userId: string): Promise<void> {
  const value = PURPOSES['reset-password'].value(userId);
  await db.verification.deleteMany({ where: { value } });
}

/** Anything else we never made, and need not look for. */
export function isToken(value: unknown): value is string {
  return typeof value === 'string' && FORM.test(value);
}

/** @returns whose token it was, once; nothing when it was used before, is too old or never existed */
export async function consumeToken(
  ctx: GenericEndpointContext,
  purpose: Purpose,
  token: string,
): Promise<string | undefined> {
  if (!isToken(token)) return undefined;
  const found = await ctx.context.internalAdapter.consumeVerificationValue(`${purpose}:${token}`);
  if (found === null) return undefined;
  const prefix = PURPOSES[purpose].value('');
  return found.value.startsWith(prefix) ? found.value.slice(prefix.length) : undefined;
}
