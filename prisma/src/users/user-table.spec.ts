import type { ListedUser } from './user-list.js';
import { userJson, userTable } from './user-table.js';

const user = (fields: Partial<ListedUser> = {}): ListedUser => ({
  id: 'id',
  email: 'ada@example.com',
  name: 'Ada',
  createdAt: new Date('2026-11-20T09:05:59Z'),
  emailVerified: false,
  ban: null,
  liveSessions: 2,
  lastActiveAt: new Date('2026-11-21T10:00:00Z'),
  ...fields,
});

describe('the table of users', () => {
  it('aligns its columns', () => {
    const lines = userTable([
      user({ emailVerified: true }),
      user({
        name: 'Grace Hopper',
        liveSessions: 0,
        lastActiveAt: null,
        ban: { until: null, reason: null },
      }),
      user({ ban: { until: '2026-12-24T00:00:00+00:00', reason: 'spam' } }),
    ]);
    expect(lines).toEqual([
      'E-MAIL           NAME          CREATED           VERIFIED  BANNED UNTIL      SESSIONS  LAST ACTIVE',
      'ada@example.com  Ada           2026-11-20 09:05  yes                         2         2026-11-21 10:00',
      'ada@example.com  Grace Hopper  2026-11-20 09:05  no        for good          0',
      'ada@example.com  Ada           2026-11-20 09:05  no        2026-12-24 00:00  2         2026-11-21 10:00',
    ]);
  });

  it.each([
    ['colours', '\u001b[31mred'],
    ['a title', '\u009d0;title\u0007'],
    ['a second line', 'a\nb\r\n'],
    ['reversed text', '\u202egnp.exe'],
    ['nothing to be seen', '\u200b\u2028'],
  ])('lets no name play with the terminal: %s', (_what, name) => {
    const shown = [...userTable([user({ name })]), userJson([user({ name })])].join('\n');
    expect(shown).not.toMatch(/[^\P{C}\n]|[\u2028\u2029]/u);
    expect(JSON.parse(userJson([user({ name })]))).toMatchObject([{ name }]);
  });
});
