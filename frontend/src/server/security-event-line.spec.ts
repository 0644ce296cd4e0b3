import type { EventRow } from '@tessera/database/security-events';
import { reportSecurityEvent } from './security-event-line';

const row: EventRow = {
  id: 'row-1',
  at: Date.UTC(2026, 10, 21),
  source: 'web',
  kind: 'sign_in',
  count: 1,
  outcome: 'failure',
  reason: 'wrong_credentials',
  isTotal: false,
  email: 'ada@example.com',
  subjectHash: 'hash',
  sessionId: 'session-1',
  userId: 'ada',
  ip: '192.0.2.1',
  userAgent: 'probe/1.0\n{"forged":1}',
  requestId: 'request-1',
} as const;

function linesOf(event: EventRow): string[] {
  const lines: string[] = [];
  const write = jest
    .spyOn(process.stderr, 'write')
    .mockImplementation((line) => lines.push(String(line)) > 0);
  reportSecurityEvent(event);
  write.mockRestore();
  return lines;
}

describe('the log line of a security event', () => {
  it('says what, who and from where, and neither the e-mail nor what stands for it', () => {
    const [line = '', ...others] = linesOf(row);
    expect(others).toEqual([]);
    expect(JSON.parse(line)).toEqual({
      time: '2026-11-21T00:00:00.000Z',
      level: 'warn',
      message: 'security event',
      event: 'sign_in',
      outcome: 'failure',
      reason: 'wrong_credentials',
      userId: 'ada',
      sessionId: 'session-1',
      ip: '192.0.2.1',
      userAgent: row.userAgent,
      requestId: 'request-1',
    });
  });

  it('is one line, whatever a client calls itself', () => {
    expect(linesOf(row).join('').split('\n')).toHaveLength(2);
  });

  it('says how many a total counts', () => {
    expect(JSON.parse(linesOf({ ...row, count: 40 })[0] ?? '')).toMatchObject({ count: 40 });
  });
});
