import { parseArgs } from 'node:util';
import { durationSeconds } from '../contract/duration.js';
import { OperatorError } from '../local/operator-error.js';
import { printable } from './printable.js';

export const USAGE = `Usage: npm run users -- <command>

  list [--search <text>] [--limit <n>] [--json]         accounts, newest first; text: part of e-mail or name
  ban <e-mail|id> [--reason <text>] [--for <duration>]  ends all sessions, lets none begin; for good, or 12h, 7d …
  unban <e-mail|id>                                     lets them sign in again
  sign-out <e-mail|id>                                  ends all sessions
  delete <e-mail|id> [--yes]                            deletes the account and all that is theirs

What ends a session has every token of it refused at once, by every API.`;

/** One command line, read. */
export type UserCommand =
  | { name: 'help' }
  | { name: 'list'; search: string; limit: number; asJson: boolean }
  | {
      name: 'ban';
      user: string;
      reason: string | undefined;
      seconds: number | undefined;
    }
  | { name: 'unban' | 'sign-out'; user: string }
  | { name: 'delete'; user: string; isConfirmed: boolean };

const TAKES = new Map([
  ['list', ['search', 'limit', 'json']],
  ['ban', ['reason', 'for']],
  ['unban', []],
  ['sign-out', []],
  ['delete', ['yes']],
]);

/** @throws OperatorError that says what does not fit */
export function parseUserCommand(args: string[]): UserCommand {
  const { values, positionals } = parsed(args);
  const [name = 'help', user, ...surplus] = positionals;
  if (values.help === true || name === 'help') return { name: 'help' };
  const takes = TAKES.get(name);
  if (takes === undefined) throw misuse(`There is no command ${name}.`);
  const stray = Object.keys(values).find((option) => !takes.includes(option));
  if (stray !== undefined) throw misuse(`${name} takes no --${stray}.`);
  if (name === 'list') {
    if (user !== undefined) throw misuse('list takes no user; --search finds one.');
    return {
      name,
      search: values.search ?? '',
      limit: limitOf(values.limit ?? '200'),
      asJson: values.json ?? false,
    };
  }
  if (!user || surplus.length > 0) throw misuse(`${name} takes one e-mail or id.`);
  switch (name) {
    case 'ban':
      return { name, user, reason: values.reason, seconds: secondsOf(values.for) };
    case 'delete':
      return { name, user, isConfirmed: values.yes ?? false };
    default:
      return { name: name === 'unban' ? 'unban' : 'sign-out', user };
  }
}

function parsed(args: string[]) {
  try {
    return parseArgs({
      args,
      allowPositionals: true,
      options: {
        help: { type: 'boolean', short: 'h' },
        search: { type: 'string' },
        limit: { type: 'string' },
        json: { type: 'boolean' },
        reason: { type: 'string' },
        for: { type: 'string' },
        yes: { type: 'boolean' },
      },
    });
  } catch (error) {
    throw misuse(error instanceof Error ? error.message : String(error));
  }
}

function limitOf(text: string): number {
  if (!/^[1-9]\d{0,8}$/.test(text)) throw misuse('--limit must be a number from 1.');
  return Number(text);
}

function secondsOf(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const duration = durationSeconds.safeParse(text);
  if (!duration.success) throw misuse('--for must be a duration such as 12h or 7d.');
  return duration.data;
}

const misuse = (sentence: string) => new OperatorError(`${printable(sentence)}\n\n${USAGE}`);
