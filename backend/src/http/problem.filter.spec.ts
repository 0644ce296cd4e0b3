import type { ArgumentsHost } from '@nestjs/common';
import type { HttpAdapterHost } from '@nestjs/core';
import { OwnerGoneError } from '@tessera/database';
import { KeysUnavailableError, RefusalException } from '../auth/index.js';
import { createLogger } from '../logging/logger.js';
import { RequestLog } from '../logging/request.log.js';
import { ProblemFilter } from './problem.filter.js';
import { TooManyRequestsException } from './too-many-requests.exception.js';

const request = {
  id: 'request-1',
  url: '/api?access_token=needle',
  headers: { authorization: 'Bearer needle', cookie: 'needle', 'user-agent': 'probe' },
  socket: {},
};
const host = {
  switchToHttp: () => ({ getRequest: () => request, getResponse: () => ({}) }),
} as unknown as ArgumentsHost;
const adapterHost = { httpAdapter: { isHeadersSent: () => true } } as unknown as HttpAdapterHost;

function loggedFor(exception: unknown): string[] {
  const lines: string[] = [];
  const destination = { write: (line: string) => void lines.push(line) };
  const requestLog = new RequestLog('info', destination, () => '192.0.2.1');
  const logger = createLogger('info', destination);
  new ProblemFilter(adapterHost, requestLog, logger, false).catch(exception, host);
  return lines;
}

describe('the log of what was refused or went wrong', () => {
  it.each([
    ['a refused token', new RefusalException('expired', 'exp'), 'token_refused'],
    ['a foreign route', new RefusalException('foreign_owner'), 'foreign_route_refused'],
    ['a deleted owner', new OwnerGoneError(), 'token_refused'],
    ['too many requests', new TooManyRequestsException(1), 'rate_limited'],
    ['an outage', Object.assign(new Error('x'), { code: 'ECONNREFUSED' }), 'database_outage'],
    ['keys out of reach', new KeysUnavailableError(), 'key_outage'],
    ['a surprise', new Error('x'), 'unexpected_error'],
  ])('has no header, token or query of the request: %s', (_name, exception, event) => {
    const lines = loggedFor(exception);
    expect(lines.map((line) => JSON.parse(line) as object)).toEqual([
      expect.objectContaining({ event, requestId: 'request-1' }),
    ]);
    expect(lines.join()).not.toMatch(/needle/);
  });
});
