import { HttpException } from '@nestjs/common';
import { isDatabaseOutage, OwnerGoneError } from '@tessera/database';
import { explainRefusal, RefusalException } from '../auth/index.js';
import { InvalidRequestException } from './invalid-request.exception.js';
import type { ProblemAnswer } from './problem.body.js';
import { problemCodeOfStatus } from './problem.codes.js';
import { TooManyRequestsException } from './too-many-requests.exception.js';

/** Long enough to calm a crowd of clients, short enough for a database that restarts. */
const OUTAGE_RETRY_SECONDS = 5;

/** What the database says of a vanished owner is, to a client, a token that is no longer good. */
export function toRefusal(exception: unknown): RefusalException | undefined {
  if (exception instanceof RefusalException) return exception;
  if (exception instanceof OwnerGoneError) return new RefusalException('owner_gone');
  // Of a guard that is not ours, such as passport's: a 401 needs a challenge (RFC 9110, 15.5.2).
  const isOther401 = exception instanceof HttpException && exception.getStatus() === 401;
  return isOther401 ? new RefusalException('rejected') : undefined;
}

/**
 * Decides the answer to anything that was thrown. What it does not know is a 500, and says nothing.
 *
 * @param explainsRefusals whether the client is told which rule refused it
 */
export function toProblem(exception: unknown, explainsRefusals = false): ProblemAnswer {
  const refusal = toRefusal(exception);
  if (refusal !== undefined) {
    const { publicCode: code, challenge } = refusal;
    const headers = challenge ? { 'www-authenticate': challenge } : undefined;
    return explainsRefusals
      ? { code, headers, reason: refusal.code, detail: explainRefusal(refusal) }
      : { code, headers };
  }
  if (exception instanceof InvalidRequestException) {
    return { code: 'invalid_request', errors: exception.errors };
  }
  if (exception instanceof TooManyRequestsException) {
    const headers = { 'retry-after': String(exception.retryAfterSeconds) };
    return { code: 'too_many_requests', headers };
  }
  if (isBrokenBody(exception)) return { code: 'malformed_request' };
  if (isDatabaseOutage(exception)) return unavailable();
  const status = statusOf(exception);
  if (status === 503) return unavailable();
  return status >= 500 ? { code: 'internal_error' } : { code: problemCodeOfStatus(status), status };
}

function unavailable(): ProblemAnswer {
  return { code: 'service_unavailable', headers: { 'retry-after': String(OUTAGE_RETRY_SECONDS) } };
}

/**
 * The client hung up while it sent its body. Fastify makes that a 400; without this, the code of the
 * error would make it an outage of the database.
 */
function isBrokenBody(exception: unknown): boolean {
  const { code, statusCode } = (exception ?? {}) as { code?: unknown; statusCode?: unknown };
  return code === 'ECONNRESET' && statusCode === 400;
}

/** Of foreign errors only Fastify's own are believed: any library may put a `statusCode` on an error. */
function statusOf(exception: unknown): number {
  if (exception instanceof HttpException) return exception.getStatus();
  const { code, statusCode } = (exception ?? {}) as { code?: unknown; statusCode?: unknown };
  const isFastifys = typeof code === 'string' && code.startsWith('FST_');
  return isFastifys && typeof statusCode === 'number' ? statusCode : 500;
}
