import { HttpException } from '@nestjs/common';
import { isDatabaseOutage, OwnerGoneError } from '@tessera/database';
import { RefusalException } from '../auth/index.js';
import { InvalidRequestException } from './invalid-request.exception.js';
import type { ProblemAnswer } from './problem.body.js';
import { problemCodeOfStatus } from './problem.codes.js';
import { TooManyRequestsException } from './too-many-requests.exception.js';

/** Long enough to calm a crowd of clients, short enough for a database that restarts. */
const OUTAGE_RETRY_SECONDS = 5;

/** What the database says of a vanished owner is, to a client, a token that is no longer good. */
export function toRefusal(exception: unknown): RefusalException | undefined {
  if (exception instanceof OwnerGoneError) return new RefusalException('owner_gone');
  return exception instanceof RefusalException ? exception : undefined;
}

/** Decides the answer to anything that was thrown. What it does not know is a 500, and says nothing. */
export function toProblem(exception: unknown): ProblemAnswer {
  const refusal = toRefusal(exception);
  if (refusal !== undefined) {
    const { publicCode: code, challenge } = refusal;
    return challenge ? { code, headers: { 'www-authenticate': challenge } } : { code };
  }
  if (exception instanceof InvalidRequestException) {
    return { code: 'invalid_request', errors: exception.errors };
  }
  if (exception instanceof TooManyRequestsException) {
    const headers = { 'retry-after': String(exception.retryAfterSeconds) };
    return { code: 'too_many_requests', headers };
  }
  if (isDatabaseOutage(exception)) return unavailable();
  const status = statusOf(exception);
  if (status === 503) return unavailable();
  return status >= 500 ? { code: 'internal_error' } : { code: problemCodeOfStatus(status), status };
}

function unavailable(): ProblemAnswer {
  return { code: 'service_unavailable', headers: { 'retry-after': String(OUTAGE_RETRY_SECONDS) } };
}

/** Of foreign errors only Fastify's own are believed: any library may put a `statusCode` on an error. */
function statusOf(exception: unknown): number {
  if (exception instanceof HttpException) return exception.getStatus();
  const { code, statusCode } = (exception ?? {}) as { code?: unknown; statusCode?: unknown };
  const isFastifys = typeof code === 'string' && code.startsWith('FST_');
  return isFastifys && typeof statusCode === 'number' ? statusCode : 500;
}
