import { AsyncLocalStorage } from 'node:async_hooks';
import type { PrismaClient } from '@tessera/database';
import { clientNetwork } from '@tessera/database/contract';
import type { GenericEndpointContext } from 'better-auth';
import { getSessionFromCtx } from 'better-auth/api';
import { CLIENT_ADDRESS } from '@/lib/client-address-header';
import type { WebEnvironment } from '@/lib/env';
import { reportProblem } from '@/lib/report-problem';
import { tooManyRequests } from './auth-errors';
import { recordAuthEvent } from './auth-events';
import { hashEmail } from './email-hash';
import type { KnownDevices } from './known-device';
import { createSignInBackoffRepository } from './sign-in-backoff.repository';

/** What to do about an attempt of this request once its answer is known. */
interface Settlement {
  lift(): Promise<void>;
  takeBack(): Promise<void>;
}

const settlements = new AsyncLocalStorage<{ due?: Settlement }>();

export type SignInBackoff = ReturnType<typeof createSignInBackoff>;

/**
 * Slows down whoever guesses the password of an account (FR-023), by {@link settleAttempt} and this.
 * An account that does not exist is counted like any other.
 */
export function createSignInBackoff(
  { cookieSecret, limitsAuthRate }: Pick<WebEnvironment, 'cookieSecret' | 'limitsAuthRate'>,
  db: PrismaClient,
  devices: KnownDevices,
) {
  const repository = createSignInBackoffRepository(db);

  return {
    /**
     * Counts the password that this request brings as a wrong one, before anybody looks at it.
     *
     * @throws APIError 429 while the account is locked for this client; that attempt is not counted
     */
    async countAttempt(ctx: GenericEndpointContext): Promise<void> {
      if (!limitsAuthRate) return;
      const email = await attemptedAccount(ctx);
      if (email === undefined) return;
      const verdict = await repository.count({
        email,
        accountHash: hashEmail(email, cookieSecret),
        network: clientNetwork(ctx.headers?.get(CLIENT_ADDRESS) ?? 'unknown'),
        deviceHash: devices.hashOf(ctx),
      });
      if (verdict.kind === 'locked') {
        recordAuthEvent({
          kind: 'rate_limited',
          outcome: 'refused',
          reason: 'account_locked',
          email,
        });
        throw tooManyRequests(verdict.retryAfterSeconds);
      }
      const request = settlements.getStore();
      if (request === undefined) return;
      const { attempt } = verdict;
      request.due = {
        lift: () => repository.lift(attempt),
        takeBack: () => repository.takeBack(attempt),
      };
    },

    /** After a completed password reset. */
    async liftAccount(email: string): Promise<void> {
      await repository.liftAccount(hashEmail(email, cookieSecret));
    },
  };
}

/**
 * Serves a request and settles the attempt that it was, if any: a success lifts the backoff, wrong
 * credentials stay counted, and whatever else became of it was no guess.
 */
export async function settleAttempt(serve: () => Promise<Response>): Promise<Response> {
  const request: { due?: Settlement } = {};
  let status = 500;
  try {
    const answer = await settlements.run(request, serve);
    status = answer.status;
    return answer;
  } finally {
    await settle(request.due, status);
  }
}

async function settle(attempt: Settlement | undefined, status: number): Promise<void> {
  if (attempt === undefined) return;
  try {
    if (status < 300) await attempt.lift();
    // 403: the password was right, and something else is in the way.
    else if (status === 403 || status >= 500) await attempt.takeBack();
  } catch (error) {
    // Stays counted. Whoever signed in is signed in all the same.
    reportProblem('A sign-in attempt could not be settled', { error });
  }
}

/** The e-mail whose password this request tries, if it tries any. */
async function attemptedAccount(ctx: GenericEndpointContext): Promise<string | undefined> {
  if (ctx.path === '/sign-in/email') {
    const email: unknown = ctx.body?.email;
    // No account has a NUL in its e-mail, and PostgreSQL takes none in a query.
    return typeof email === 'string' && !email.includes('\0') ? email : undefined;
  }
  if (ctx.path !== '/change-password') return undefined;
  const session = await getSessionFromCtx(ctx, { disableRefresh: true });
  return session?.user.email;
}
