import { decodeTaskCursor, encodeTaskCursor } from './task-cursor.js';

const cursor = {
  createdAt: new Date('2026-11-20T18:00:00.123Z'),
  id: '8e4f6b5f-91be-44f9-9fb4-297afd2f8d33',
};

describe('the cursor of the task list', () => {
  it('comes back as it was written, to the millisecond', () => {
    expect(decodeTaskCursor(encodeTaskCursor(cursor))).toEqual(cursor);
  });

  const encode = (text: string) => Buffer.from(text).toString('base64url');
  it.each([
    ['nothing', ''],
    ['no text', 7],
    ['a list', [encodeTaskCursor(cursor)]],
    ['an id without time', encode(cursor.id)],
    ['a time beyond what PostgreSQL reads', encode(`10000000000000 ${cursor.id}`)],
    ['an id that is no uuid', encode('1795198972925 1')],
    ['SQL', encode(`1795198972925 ' OR 1=1 --`)],
    ['padding', `${encodeTaskCursor(cursor)}=`],
    ['something after it', `${encodeTaskCursor(cursor)}AAAA`],
    ['a time with leading zeros', encode(`01795198972925 ${cursor.id}`)],
    ['a text without end', 'A'.repeat(10_000)],
  ])('is not made of %s', (_name, text) => {
    expect(decodeTaskCursor(text)).toBeUndefined();
  });
});
