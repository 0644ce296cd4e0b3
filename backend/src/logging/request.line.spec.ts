import pino from 'pino';
import { requestLine } from './request.line.js';

beforeEach(() => jest.useFakeTimers());
afterEach(() => jest.useRealTimers());

describe('the line of a request', () => {
  it.each([
    ['plain', '/api/users/ada', 'probe/1.0'],
    ['without a user agent', '/', undefined],
    [
      'with what would break a line or its JSON',
      '/a"b\\c{}',
      'x"}\n{"level":60,"msg":"\u001b[31m\\',
    ],
  ])('is, byte for byte, what pino writes: %s', (_name, path, userAgent) => {
    const req = { method: 'GET', path, ip: '192.0.2.1', userAgent };
    let expected = '';
    pino({}, { write: (line) => void (expected = line) }).info(
      { requestId: 'request-1', req, res: { status: 404 }, responseTime: 1.23 },
      'request completed',
    );
    const request = { ...req, requestId: 'request-1', status: 404, milliseconds: 1.2345 };
    expect(requestLine('info', request)).toBe(expected);
  });
});
