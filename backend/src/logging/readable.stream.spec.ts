import { toReadableLine } from './readable.stream.js';

const time = Date.UTC(2026, 10, 20, 18, 0, 0, 5);

describe('log lines for a terminal', () => {
  it('show a request in one line', () => {
    const line = {
      level: 30,
      time,
      requestId: 'r-1',
      req: { method: 'GET', path: '/api/users/ada' },
      res: { status: 200 },
      responseTime: 4,
      msg: 'request completed',
    };
    expect(toReadableLine(JSON.stringify(line))).toBe(
      '18:00:00.005 info  200 GET /api/users/ada 4 ms #r-1\n',
    );
  });

  it('show why a token was refused', () => {
    const line = { level: 40, time, code: 'expired', msg: 'request refused' };
    expect(toReadableLine(JSON.stringify(line))).toBe(
      '18:00:00.005 warn  request refused expired\n',
    );
  });
});
