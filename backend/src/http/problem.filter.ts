import { Catch, Inject, type ArgumentsHost, type ExceptionFilter } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import { isDatabaseOutage } from '@tessera/database';
import type { Logger } from 'pino';
import { KeysUnavailableError } from '../auth/index.js';
import { LOGGER } from '../logging/logger.js';
import { RefusedRequests } from '../security-events/refused-requests.js';
import type { HttpRequest } from './client-address.js';
import { PROBLEM_MEDIA_TYPE, problemBody } from './problem.body.js';
import { toProblem, toRefusal } from './problem.mapper.js';
import { TooManyRequestsException } from './too-many-requests.exception.js';

/** Injection token: whether a refused client is told which rule it broke. */
export const EXPLAINS_REFUSALS = Symbol('EXPLAINS_REFUSALS');

/** Answers everything that is thrown, in one form (RFC 9457, RFC 6750), and logs what it hides. */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  constructor(
    private readonly adapterHost: HttpAdapterHost,
    private readonly refusedRequests: RefusedRequests,
    @Inject(LOGGER) private readonly logger: Logger,
    @Inject(EXPLAINS_REFUSALS) private readonly explainsRefusals: boolean,
  ) {}

  catch(exception: unknown, host: ArgumentsHost): void {
    const request = host.switchToHttp().getRequest<HttpRequest>();
    const response = host.switchToHttp().getResponse<object>();
    this.log(exception, request);
    const { httpAdapter } = this.adapterHost;
    // Half an answer is out already (a broken stream): nothing sound can follow it.
    if (httpAdapter.isHeadersSent(response)) return;
    const answer = toProblem(exception, this.explainsRefusals);
    const body = problemBody(answer, request.id);
    for (const [name, value] of Object.entries(answer.headers ?? {})) {
      httpAdapter.setHeader(response, name, value);
    }
    httpAdapter.setHeader(response, 'content-type', PROBLEM_MEDIA_TYPE);
    httpAdapter.reply(response, JSON.stringify(body), body.status);
  }

  private log(exception: unknown, request: HttpRequest): void {
    const refusal = toRefusal(exception);
    if (refusal !== undefined) {
      const { code, claim, principal } = refusal;
      const event = refusal.getStatus() === 403 ? 'foreign_route_refused' : 'token_refused';
      this.refusedRequests.refused({ event, code, claim, principal }, request);
    } else if (exception instanceof TooManyRequestsException) {
      this.refusedRequests.refused({ event: 'rate_limited' }, request);
    } else {
      const event = eventOf(exception);
      if (event === undefined) return;
      // Why keys are missing is told where they are fetched, once and not with each request.
      const err = exception instanceof KeysUnavailableError ? undefined : exception;
      this.logger.error({ requestId: request.id, event, err }, event.replace('_', ' '));
    }
  }
}

function eventOf(exception: unknown): string | undefined {
  const { code } = toProblem(exception);
  if (code === 'internal_error') return 'unexpected_error';
  if (code !== 'service_unavailable') return undefined;
  if (exception instanceof KeysUnavailableError) return 'key_outage';
  return isDatabaseOutage(exception) ? 'database_outage' : undefined;
}
