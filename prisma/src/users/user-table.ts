import { printable, UNPRINTABLE } from './printable.js';
import type { ListedUser } from './user-list.js';

const COLUMNS: Record<string, (user: ListedUser) => string> = {
  'E-MAIL': ({ email }) => email,
  NAME: ({ name }) => name,
  CREATED: ({ createdAt }) => minute(createdAt),
  VERIFIED: ({ emailVerified }) => (emailVerified ? 'yes' : 'no'),
  'BANNED UNTIL': ({ ban }) => (ban?.until ? minute(new Date(ban.until)) : ban ? 'for good' : ''),
  SESSIONS: ({ liveSessions }) => String(liveSessions),
  'LAST ACTIVE': ({ lastActiveAt }) => (lastActiveAt ? minute(lastActiveAt) : ''),
};

const minute = (date: Date) => date.toISOString().slice(0, 16).replace('T', ' ');

/** Lines of a table, in UTC, each column as wide as its widest value. */
export function userTable(users: ListedUser[]): string[] {
  const columns = Object.entries(COLUMNS).map(([title, valueOf]) => {
    const cells = [title, ...users.map((user) => printable(valueOf(user)))];
    const width = Math.max(...cells.map((cell) => cell.length));
    return cells.map((cell) => cell.padEnd(width));
  });
  return [...Array(users.length + 1).keys()].map((row) =>
    columns
      .map((cells) => cells[row])
      .join('  ')
      .trimEnd(),
  );
}

/** JSON for other programs, which a terminal may be shown as well. */
export const userJson = (users: ListedUser[]) =>
  JSON.stringify(users, null, 2).replaceAll(
    UNPRINTABLE,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
