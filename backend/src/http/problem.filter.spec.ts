import type { ArgumentsHost } from '@nestjs/common';
import type { HttpAdapterHost } from '@nestjs/core';
import { OwnerGoneError } from '@tessera/database';
import { SecurityEventRecorder } from '@tessera/database/security-events';
import { KeysUnavailableError, RefusalException } from '../auth/index.js';
import { createLogger } from '../logging/logger.js';
import { RequestLog } from '../logging/request.log.js';
import { RefusedRequests } from '../security-events/refused-requests.js';
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

async function toldOf(exception: unknown): Promise<{ lines: string[]; recorded: string }> {
  const lines: string[] = [];
  let recorded = '';
  const destination = { write: (line: string) => void lines.push(line) };
  const clientAddressOf = () => '192.0.2.1';
  const requestLog = new RequestLog('info', destination, clientAddressOf);
  const recorder = new SecurityEventRecorder({
    source: 'api',
    write: async (rows) => void (recorded += JSON.stringify(rows)),
    report: (message) => lines.push(message),
  });
  const refusedRequests = new RefusedRequests(requestLog, recorder, clientAddressOf);
  const logger = createLogger('info', destination);
  new ProblemFilter(adapterHost, refusedRequests, logger, false).catch(exception, host);
  await recorder.close();
  return { lines, recorded };
}

describe('the log and the record of what was refused or went wrong', () => {
  it.each([
    ['a refused token', new RefusalException('expired', 'exp'), 'token_refused'],
    ['a foreign route', new RefusalException('foreign_owner'), 'foreign_route_refused'],
    ['a deleted owner', new OwnerGoneError(), 'token_refused'],
    ['too many requests', new TooManyRequestsException(1), 'rate_limited'],
    ['an outage', Object.assign(new Error('x'), { code: 'ECONNREFUSED' }), 'database_outage'],
    ['keys out of reach', new KeysUnavailableError(), 'key_outage'],
    ['a surprise', new Error('x'), 'unexpected_error'],
  ])('have no header, token or query of the request: %s', async (_name, exception, event) => {
    const { lines, recorded } = await toldOf(exception);
    expect(lines.map((line) => JSON.parse(line) as object)).toEqual([
      expect.objectContaining({ event, requestId: 'request-1' }),
    ]);
    expect(lines.join() + recorded).not.toMatch(/needle/);
  });
});
