import { AsyncLocalStorage } from 'node:async_hooks';
import { isDatabaseOutage, Prisma } from '@tessera/database';
import type { DBAdapter } from 'better-auth';
import { accountSuspended } from './auth-errors';

/** What the database did while one request was served. */
export interface DatabaseObservation {
  outage: boolean;
  /** Lost a race for a unique value. */
  duplicate: boolean;
}

const observations = new AsyncLocalStorage<DatabaseObservation>();

const OBSERVED = [
  'create',
  'findOne',
  'findMany',
  'count',
  'update',
  'updateMany',
  'delete',
  'deleteMany',
  'consumeOne',
  'incrementOne',
] as const;

/**
 * Better Auth turns some database errors into answers of its own: a failed session read into 401, a
 * failed insert into 422, a failed delete into success. An outage must never look like any of these,
 * so the adapter notes its errors on the side, where the handler finds them.
 *
 * @returns what `work` gave, or threw, and what the database did meanwhile
 */
export async function observeDatabase<T>(
  work: () => Promise<T>,
): Promise<{ outcome: PromiseSettledResult<T>; observation: DatabaseObservation }> {
  const observation: DatabaseObservation = { outage: false, duplicate: false };
  const [outcome] = await observations.run(observation, () => Promise.allSettled([work()]));
  if (outcome.status === 'rejected') note(outcome.reason, observation);
  return { outcome, observation };
}

/**
 * Makes an adapter note its errors for {@link observeDatabase}. They are thrown on unchanged, but for
 * the one that is no error: a user who was banned while signing in gets no session.
 */
export function observed(adapter: DBAdapter): DBAdapter {
  const transaction = adapter.transaction.bind(adapter);
  adapter.transaction = (work) =>
    noting(() => transaction((inner) => work(withNotedErrors(inner))));
  return withNotedErrors(adapter);
}

function withNotedErrors<Adapter extends object>(adapter: Adapter): Adapter {
  for (const method of OBSERVED) wrap(adapter, method);
  return adapter;
}

function wrap(adapter: object, method: string): void {
  const original: unknown = Reflect.get(adapter, method);
  if (typeof original !== 'function') return;
  Reflect.set(adapter, method, (...args: unknown[]) =>
    noting(() => Reflect.apply(original, adapter, args)),
  );
}

async function noting<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    const observation = observations.getStore();
    if (observation !== undefined) note(error, observation);
    throw isRefusalOfBannedUser(error) ? accountSuspended() : error;
  }
}

/** The SQLSTATE of the trigger that lets no session of a banned user begin. */
function isRefusalOfBannedUser(error: unknown, depth = 0): boolean {
  if (typeof error !== 'object' || error === null || depth > 6) return false;
  const layer = error as Record<string, unknown>;
  if ([layer['code'], layer['originalCode']].includes('TB001')) return true;
  return [layer['cause'], layer['meta'], layer['driverAdapterError']].some((inner) =>
    isRefusalOfBannedUser(inner, depth + 1),
  );
}

function note(error: unknown, observation: DatabaseObservation): void {
  if (isDatabaseOutage(error)) observation.outage = true;
  if (isDuplicate(error)) observation.duplicate = true;
}

/** Another row has the unique value already. */
export function isDuplicate(error: unknown): boolean {
  return error instanceof Prisma.PrismaClientKnownRequestError && error.code === 'P2002';
}
