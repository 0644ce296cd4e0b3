// `npm run users`: what an operator does to accounts, as the owner of the database of DATABASE_URL, or
// else of the embedded one that runs on DATA_DIR.
import { createInterface } from 'node:readline/promises';
import pg from 'pg';
import { OperatorError } from '../local/operator-error.js';
import { ownerUrlOfRunning } from '../local/running-postgres.js';
import { printable } from '../users/printable.js';
import { banUser, deleteUser, findUser, signOutUser, unbanUser } from '../users/user-accounts.js';
import { parseUserCommand, USAGE, type UserCommand } from '../users/user-command.js';
import { listUsers } from '../users/user-list.js';
import { userJson, userTable } from '../users/user-table.js';
import { optional, required, runCommand } from './command.js';

runCommand(async () => {
  const command = parseUserCommand(process.argv.slice(2));
  if (command.name === 'help') return console.log(USAGE);
  const owner = new pg.Client({
    connectionString: optional('DATABASE_URL') ?? ownerUrlOfRunning(required('DATA_DIR')),
    application_name: 'tessera-users',
    connectionTimeoutMillis: 5_000,
  });
  await owner.connect();
  try {
    for (const line of await carryOut(command, owner)) console.log(line);
  } finally {
    await owner.end();
  }
});

type Command = Exclude<UserCommand, { name: 'help' }>;

async function carryOut(command: Command, owner: pg.Client): Promise<string[]> {
  if (command.name === 'list') return list(command, owner);
  if (command.name === 'delete') return remove(command, owner);
  if (command.name === 'ban') {
    const { email, endedSessions } = await banUser(owner, command.user, command);
    return [`Banned ${email}. ${ended(endedSessions)}`];
  }
  if (command.name === 'unban') {
    const lifted = await unbanUser(owner, command.user);
    return [
      lifted ? `${lifted.email} may sign in again.` : `${printable(command.user)} was not banned.`,
    ];
  }
  return [ended((await signOutUser(owner, command.user)).endedSessions)];
}

async function list(
  { search, limit, asJson }: Extract<Command, { name: 'list' }>,
  owner: pg.Client,
): Promise<string[]> {
  const users = await listUsers(owner, { search, limit: limit + 1 });
  if (users.length > limit) {
    users.pop();
    console.error(`Only the newest ${limit}; --search or --limit shows others.`);
  }
  return asJson ? [userJson(users)] : userTable(users);
}

async function remove(
  { user, isConfirmed }: Extract<Command, { name: 'delete' }>,
  owner: pg.Client,
): Promise<string[]> {
  const { id, email } = await findUser(owner, user);
  if (!isConfirmed) await confirm(email);
  const { endedSessions } = await deleteUser(owner, id);
  return [`Deleted ${email}. ${ended(endedSessions)}`];
}

const ended = (count: number) =>
  count === 0
    ? 'There was no session to end.'
    : `Signed out ${count} session${count === 1 ? '' : 's'}; refused everywhere at once.`;

async function confirm(email: string): Promise<void> {
  if (!process.stdin.isTTY) throw new OperatorError('Not deleted: say --yes to mean it.');
  const terminal = createInterface({ input: process.stdin, output: process.stdout });
  // Ctrl-C and Ctrl-D close it, and leave the question without an answer.
  const closed = new AbortController();
  terminal.once('close', () => closed.abort());
  const typed = await terminal
    .question(`Type ${email} to delete the account for good: `, { signal: closed.signal })
    .catch(() => '');
  terminal.close();
  if (typed.trim() !== email) throw new OperatorError('Not deleted: that was not the e-mail.');
}
