import { randomUUID } from 'node:crypto';
import type { Socket } from 'node:net';
import { STATUS_CODES } from 'node:http';
import type { RequestLog } from '../logging/request.log.js';
import { PROBLEM_MEDIA_TYPE, problemBody } from './problem.body.js';
import type { ProblemCode } from './problem.codes.js';

const codes: Record<string, ProblemCode> = {
  HPE_HEADER_OVERFLOW: 'headers_too_large',
  ERR_HTTP_REQUEST_TIMEOUT: 'request_timeout',
};

/** The client left in the middle of a message: nobody waits for an answer. */
const GONE = new Set<string | undefined>(['ECONNRESET', 'HPE_INVALID_EOF_STATE']);

/**
 * Answers what Node's parser refuses before there is a request: over-long headers, broken framing.
 * Such a connection cannot be used on, so it is closed.
 */
export const createClientErrorHandler =
  (log: RequestLog) =>
  (error: Error & { code?: string }, socket: Socket): void => {
    if (GONE.has(error.code) || !socket.writable) {
      socket.destroy();
      return;
    }
    const requestId = randomUUID();
    const { code = 'unknown' } = error;
    const body = problemBody({ code: codes[code] ?? 'malformed_request' }, requestId);
    log.unreadable(requestId, body.status, code, socket);
    const text = JSON.stringify(body);
    const head = [
      `HTTP/1.1 ${body.status} ${STATUS_CODES[body.status]}`,
      `content-type: ${PROBLEM_MEDIA_TYPE}`,
      `content-length: ${Buffer.byteLength(text)}`,
      `x-request-id: ${requestId}`,
      'cache-control: no-store',
      'x-content-type-options: nosniff',
      'connection: close',
    ];
    socket.end(`${head.join('\r\n')}\r\n\r\n${text}`);
  };
