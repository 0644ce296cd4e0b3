import type { ArgumentsHost } from '@nestjs/common';
import type { HttpAdapterHost } from '@nestjs/core';
import { OwnerGoneError } from '@tessera/database';
import type { PinoLogger } from 'nestjs-pino';
import { RefusalException } from '../auth/index.js';
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
const httpAdapter = { isHeadersSent: () => true };

/** What the filter gives to the logger, before that could redact anything. */
function loggedFor(exception: unknown): unknown[] {
  const lines: unknown[] = [];
  const log = (...line: unknown[]) => void lines.push(line);
  const logger = { warn: log, error: log } as unknown as PinoLogger;
  const adapterHost = { httpAdapter } as unknown as HttpAdapterHost;
  new ProblemFilter(adapterHost, logger, () => '192.0.2.1').catch(exception, host);
  return lines;
}

describe('the log of what was refused or went wrong', () => {
  it.each([
    ['a refused token', new RefusalException('expired', 'exp'), 'token_refused'],
    ['a foreign route', new RefusalException('foreign_owner'), 'foreign_route_refused'],
    ['a deleted owner', new OwnerGoneError(), 'token_refused'],
    ['too many requests', new TooManyRequestsException(1), 'rate_limited'],
    ['an outage', Object.assign(new Error('x'), { code: 'ECONNREFUSED' }), 'database_outage'],
    ['a surprise', new Error('x'), 'unexpected_error'],
  ])('has no header, token or query of the request: %s', (_name, exception, event) => {
    const lines = loggedFor(exception);
    expect(lines).toEqual([[expect.objectContaining({ event }), expect.any(String)]]);
    expect(JSON.stringify(lines)).not.toMatch(/needle/);
  });
});
