import { Prisma, type PrismaClient } from '@tessera/database';
import { nowAndThen } from './now-and-then';

/** Guesses that cost nothing; each one more doubles the lock, from half a minute to a quarter of an hour. */
const FREE_FAILURES = { network: 5, account: 50, device: 5 };
const FIRST_LOCK_SECONDS = 30;
const LONGEST_LOCK_SECONDS = 900;

/** The scope of all clients of an account that are no known device. */
const ACCOUNT = '*';

/** Who tries the password of which account. The account need not exist. */
interface Attempt {
  email: string;
  accountHash: string;
  network: string;
  deviceHash: string | null;
}

/** An attempt that was counted as a failure ahead of its outcome. */
interface CountedAttempt extends Attempt {
  byDevice: boolean;
  /** The counts after it. */
  networkFailures: number;
  accountFailures: number;
}

type AttemptVerdict =
  { kind: 'counted'; attempt: CountedAttempt } | { kind: 'locked'; retryAfterSeconds: number };

interface CountRow {
  byDevice: boolean;
  networkFailures: number | null;
  accountFailures: number | null;
  lockedSeconds: number | null;
}

/**
 * Failed attempts per account and client network, per account over all networks, and per known device
 * (FR-023), counted by the database and its clock.
 *
 * An attempt is counted before the password is looked at: of a hundred that race, those beyond the free
 * ones find the lock. Whoever locks rows here takes that of the account last, so that nobody deadlocks.
 */
export function createSignInBackoffRepository(db: PrismaClient) {
  const prune = nowAndThen(
    () => db.$executeRaw`DELETE FROM sign_in_backoff WHERE updated_at < now() - interval '1 day'`,
  );

  return {
    /** One statement, the same work whether or not the account or the device exists. */
    async count(attempt: Attempt): Promise<AttemptVerdict> {
      const { accountHash, network, deviceHash, email } = attempt;
      prune();
      const [row] = await db.$queryRaw<[CountRow]>`
        WITH clock AS (SELECT clock_timestamp() AS now),
        spent AS (
          DELETE FROM known_device d USING "user" u
          WHERE u."email" = ${email} AND d.user_id = u."id" AND d.device_hash = ${deviceHash}
            AND d.failures >= ${FREE_FAILURES.device}::int
        ),
        device AS (
          UPDATE known_device d SET failures = d.failures + 1 FROM "user" u
          WHERE u."email" = ${email} AND d.user_id = u."id" AND d.device_hash = ${deviceHash}
            AND d.failures < ${FREE_FAILURES.device}::int
          RETURNING 1
        ),
        locks AS (
          SELECT scope, locked_until FROM sign_in_backoff, clock
          WHERE account_hash = ${accountHash} AND scope IN (${network}, ${ACCOUNT}) AND locked_until > now
        ),
        network AS (
          INSERT INTO sign_in_backoff AS b (account_hash, scope, failures, counted_from, updated_at)
          SELECT ${accountHash}, ${network}, 1, now, now FROM clock
          WHERE NOT EXISTS (SELECT FROM device) AND NOT EXISTS (SELECT FROM locks)
          ${countedUnlessLocked(FREE_FAILURES.network)}
        ),
        account AS (
          INSERT INTO sign_in_backoff AS b (account_hash, scope, failures, counted_from, updated_at)
          SELECT ${accountHash}, ${ACCOUNT}, 1, now, now FROM clock
          WHERE EXISTS (SELECT FROM network)
          ${countedUnlessLocked(FREE_FAILURES.account)}
        )
        SELECT EXISTS (SELECT FROM device) AS "byDevice",
          (SELECT failures FROM network) AS "networkFailures",
          (SELECT failures FROM account) AS "accountFailures",
          (SELECT ceil(extract(epoch FROM max(locked_until) - min(now)))::int FROM locks, clock)
            AS "lockedSeconds"`;
      const { byDevice, networkFailures, accountFailures, lockedSeconds } = row;
      if (byDevice || (networkFailures !== null && accountFailures !== null)) {
        const counts = {
          networkFailures: networkFailures ?? 0,
          accountFailures: accountFailures ?? 0,
        };
        return { kind: 'counted', attempt: { ...attempt, byDevice, ...counts } };
      }
      // The account was locked by another attempt at this very moment; this one must not count.
      if (networkFailures !== null) {
        await uncount({ ...attempt, networkFailures, accountFailures: 0 });
      }
      return { kind: 'locked', retryAfterSeconds: lockedSeconds ?? FIRST_LOCK_SECONDS };
    },

    /** Takes an attempt back whose outcome nobody knows. */
    async takeBack(attempt: CountedAttempt): Promise<void> {
      if (!attempt.byDevice) return uncount(attempt);
      await db.$executeRaw`
        UPDATE known_device d SET failures = d.failures - 1 FROM "user" u
        WHERE u."email" = ${attempt.email} AND d.user_id = u."id"
          AND d.device_hash = ${attempt.deviceHash} AND d.failures > 0`;
    },

    /**
     * After a success this network and a known device begin anew. The account does so when the owner was
     * at a device known before; anybody else only takes the own attempt back.
     */
    async lift(attempt: CountedAttempt): Promise<void> {
      const { email, accountHash, network, deviceHash, byDevice, accountFailures } = attempt;
      await db.$executeRaw`
        WITH device AS (
          UPDATE known_device d SET failures = 0 FROM "user" u
          WHERE ${byDevice} AND u."email" = ${email} AND d.user_id = u."id"
            AND d.device_hash = ${deviceHash} RETURNING 1
        ),
        network AS (
          DELETE FROM sign_in_backoff
          WHERE account_hash = ${accountHash} AND scope = ${network} RETURNING 1
        )
        UPDATE sign_in_backoff
        SET failures = CASE WHEN ${byDevice} THEN 0 ELSE failures - 1 END, locked_until =
          CASE WHEN NOT ${byDevice} AND failures <> ${accountFailures}::int THEN locked_until END
        WHERE account_hash = ${accountHash} AND scope = ${ACCOUNT} AND failures > 0
          AND (SELECT count(*) FROM device) >= 0 AND (SELECT count(*) FROM network) >= 0`;
    },

    /** Forgets all failures of an account. */
    async liftAccount(accountHash: string): Promise<void> {
      await db.$executeRaw`
        WITH networks AS (
          DELETE FROM sign_in_backoff
          WHERE account_hash = ${accountHash} AND scope <> ${ACCOUNT} RETURNING 1
        )
        DELETE FROM sign_in_backoff WHERE account_hash = ${accountHash} AND scope = ${ACCOUNT}
          AND (SELECT count(*) FROM networks) >= 0`;
    },
  };

  /** A lock goes too, if it is this attempt's own: nobody else got past it since. */
  async function uncount(
    attempt: Attempt & Pick<CountedAttempt, 'networkFailures' | 'accountFailures'>,
  ): Promise<void> {
    const { accountHash, network, networkFailures, accountFailures } = attempt;
    await db.$executeRaw`
      WITH network AS (
        UPDATE sign_in_backoff SET failures = failures - 1,
          locked_until = CASE WHEN failures <> ${networkFailures}::int THEN locked_until END
        WHERE account_hash = ${accountHash} AND scope = ${network} AND failures > 0 RETURNING 1
      )
      UPDATE sign_in_backoff SET failures = failures - 1,
        locked_until = CASE WHEN failures <> ${accountFailures}::int THEN locked_until END
      WHERE account_hash = ${accountHash} AND scope = ${ACCOUNT} AND failures > 0
        AND ${accountFailures}::int > 0 AND (SELECT count(*) FROM network) >= 0`;
  }
}

/** Adds one to a row that is there, and a lock when the free ones are spent. A locked row stays as it is. */
function countedUnlessLocked(free: number): Prisma.Sql {
  const isOver = Prisma.sql`b.counted_from <= excluded.counted_from - interval '1 day'`;
  return Prisma.sql`
    ON CONFLICT (account_hash, scope) DO UPDATE SET
      failures = CASE WHEN ${isOver} THEN 1 ELSE b.failures + 1 END,
      counted_from = CASE WHEN ${isOver} THEN excluded.counted_from ELSE b.counted_from END,
      locked_until = CASE WHEN NOT ${isOver} AND b.failures + 1 >= ${free}::int THEN
        excluded.updated_at + make_interval(secs => least(${LONGEST_LOCK_SECONDS}::int,
          ${FIRST_LOCK_SECONDS}::int * 2 ^ least(b.failures + 1 - ${free}::int, 10))) END,
      updated_at = excluded.updated_at
    WHERE b.locked_until IS NULL OR b.locked_until <= excluded.updated_at
    RETURNING failures`;
}
