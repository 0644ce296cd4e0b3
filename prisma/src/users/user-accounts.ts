import type pg from 'pg';
import { OperatorError } from '../local/operator-error.js';
import { printable } from './printable.js';

/** What was done to an account, and how many of its sessions that ended. */
export interface Done {
  email: string;
  endedSessions: number;
}

interface Account {
  id: string;
  email: string;
  isBanned: boolean;
}

/**
 * Finds an account.
 *
 * @param emailOrId an e-mail in any case, or an id
 * @throws OperatorError when there is none
 */
export async function findUser(owner: pg.Client, emailOrId: string): Promise<Account> {
  const { rows } = await owner.query<Account>(
    `SELECT "id", "email", "banned" AS "isBanned" FROM "user"
     WHERE "id" = $1 OR "email" = lower(trim($1)) FOR NO KEY UPDATE`,
    [emailOrId],
  );
  const [account] = rows;
  if (account === undefined) {
    throw new OperatorError(`No user has the e-mail or id ${printable(emailOrId)}.`);
  }
  return account;
}

/** Ends all sessions and lets none begin. Without `seconds` the ban has no end. */
export function banUser(
  owner: pg.Client,
  emailOrId: string,
  ban: { reason?: string | undefined; seconds?: number | undefined },
): Promise<Done> {
  return changeUser(owner, emailOrId, async ({ id }) => {
    await owner.query(
      `UPDATE "user" SET "banned" = true, "banReason" = $2, "updatedAt" = now(),
         "banExpires" = now() + make_interval(secs => $3) WHERE "id" = $1`,
      [id, ban.reason ?? null, ban.seconds ?? null],
    );
  });
}

/** @returns whether there was a ban to lift */
export async function unbanUser(owner: pg.Client, emailOrId: string): Promise<Done | undefined> {
  let wasBanned = false;
  const done = await changeUser(owner, emailOrId, async ({ id, isBanned }) => {
    wasBanned = isBanned;
    await owner.query(
      `UPDATE "user" SET "banned" = false, "banReason" = NULL, "banExpires" = NULL,
         "updatedAt" = now() WHERE "id" = $1 AND "banned"`,
      [id],
    );
  });
  return wasBanned ? done : undefined;
}

export function signOutUser(owner: pg.Client, emailOrId: string): Promise<Done> {
  return changeUser(owner, emailOrId, async ({ id }) => {
    await owner.query('DELETE FROM "session" WHERE "userId" = $1', [id]);
  });
}

/** Deletes the account with everything that is the user's. What was recorded of it stays. */
export function deleteUser(owner: pg.Client, emailOrId: string): Promise<Done> {
  return changeUser(owner, emailOrId, async ({ id }) => {
    await owner.query('DELETE FROM "user" WHERE "id" = $1', [id]);
  });
}

/**
 * Does `change` in one transaction that holds the user's row: a sign-in that is about to commit is
 * waited for, and the next one waits.
 */
async function changeUser(
  owner: pg.Client,
  emailOrId: string,
  change: (account: Account) => Promise<void>,
): Promise<Done> {
  await owner.query('BEGIN ISOLATION LEVEL READ COMMITTED');
  try {
    const account = await findUser(owner, emailOrId);
    const before = await countSessions(owner, account.id);
    await change(account);
    const endedSessions = before - (await countSessions(owner, account.id));
    await owner.query('COMMIT');
    return { email: account.email, endedSessions };
  } catch (error) {
    await owner.query('ROLLBACK').catch(() => undefined);
    throw error;
  }
}

async function countSessions(owner: pg.Client, userId: string): Promise<number> {
  const { rows } = await owner.query<{ count: number }>(
    `SELECT count(*)::int AS count FROM "session" WHERE "userId" = $1 AND "expiresAt" > now()`,
    [userId],
  );
  return rows[0]?.count ?? 0;
}
