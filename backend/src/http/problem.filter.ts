import { Catch, Inject, type ArgumentsHost, type ExceptionFilter } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import { isDatabaseOutage } from '@tessera/database';
import { PinoLogger } from 'nestjs-pino';
import { CLIENT_ADDRESS, type ClientAddressOf, type HttpRequest } from './client-address.js';
import { PROBLEM_MEDIA_TYPE, problemBody } from './problem.body.js';
import { toProblem, toRefusal } from './problem.mapper.js';
import { TooManyRequestsException } from './too-many-requests.exception.js';

/** Answers everything that is thrown, in one form (RFC 9457, RFC 6750), and logs what it hides. */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  constructor(
    private readonly adapterHost: HttpAdapterHost,
    private readonly logger: PinoLogger,
    @Inject(CLIENT_ADDRESS) private readonly clientAddressOf: ClientAddressOf,
  ) {}

  catch(exception: unknown, host: ArgumentsHost): void {
    const request = host.switchToHttp().getRequest<HttpRequest>();
    const response = host.switchToHttp().getResponse<object>();
    this.log(exception, request);
    const { httpAdapter } = this.adapterHost;
    // Half an answer is out already (a broken stream): nothing sound can follow it.
    if (httpAdapter.isHeadersSent(response)) return;
    const answer = toProblem(exception);
    const body = problemBody(answer, request.id);
    for (const [name, value] of Object.entries(answer.headers ?? {})) {
      httpAdapter.setHeader(response, name, value);
    }
    httpAdapter.setHeader(response, 'content-type', PROBLEM_MEDIA_TYPE);
    httpAdapter.reply(response, JSON.stringify(body), body.status);
  }

  /** The logger adds the request id by itself. */
  private log(exception: unknown, request: HttpRequest): void {
    const refusal = toRefusal(exception);
    const client = {
      ip: this.clientAddressOf(request),
      userAgent: request.headers['user-agent'],
    };
    if (refusal !== undefined) {
      const event = refusal.getStatus() === 403 ? 'foreign_route_refused' : 'token_refused';
      const claim = refusal.claim ? { claim: refusal.claim } : {};
      this.logger.warn({ event, code: refusal.code, ...claim, ...client }, 'request refused');
    } else if (exception instanceof TooManyRequestsException) {
      this.logger.warn({ event: 'rate_limited', ...client }, 'request refused');
    } else if (isDatabaseOutage(exception)) {
      this.logger.error({ event: 'database_outage', err: exception }, 'database outage');
    } else if (toProblem(exception).code === 'internal_error') {
      this.logger.error({ event: 'unexpected_error', err: exception }, 'unexpected error');
    }
  }
}
