import { BadRequestException } from '@nestjs/common';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { RequestLog } from '../logging/request.log.js';
import { createClientErrorHandler } from './client-error.handler.js';
import { PROBLEM_MEDIA_TYPE, problemBody } from './problem.body.js';
import { toProblem } from './problem.mapper.js';
import { REQUEST_ID_HEADER, requestIdOf } from './request-id.js';
import { refuseUnanswerable } from './unanswerable-request.hook.js';

const BODY_LIMIT_BYTES = 64 * 1024;
const JSON_LEVELS = 32;

export interface FastifyAdapterOptions {
  /** Headers of every answer that does not say otherwise. */
  readonly headers: Readonly<Record<string, string>>;
  readonly log: RequestLog;
}

/** Creates the HTTP server with its limits, and with our answers where Fastify has its own. */
export function createFastifyAdapter({ headers, log }: FastifyAdapterOptions): FastifyAdapter {
  const adapter = new FastifyAdapter({
    bodyLimit: BODY_LIMIT_BYTES,
    // The client's address is ours to decide, by TRUSTED_PROXIES: see client-address.ts.
    trustProxy: false,
    requestIdHeader: false,
    genReqId: requestIdOf,
    // A slow sender must not hold a connection for ever.
    requestTimeout: 30_000,
    // While shutting down, requests that made it in are served.
    return503OnClosing: false,
    routerOptions: { maxParamLength: 500 },
    // Node would refuse without a body; see unanswerable-request.hook.ts.
    http: { requireHostHeader: false },
    clientErrorHandler: createClientErrorHandler(log),
    frameworkErrors: answerFrameworkError,
  });
  const fastify = adapter.getInstance();
  // JSON is the only body there is: anything else is a 415.
  fastify.removeContentTypeParser(['application/json', 'text/plain']);
  const parseJson = fastify.getDefaultJsonParser('error', 'error');
  fastify.addContentTypeParser('application/json', { parseAs: 'string' }, (request, body, done) => {
    // Many clients name the type on every request, a DELETE without a body included.
    if (body === '') return done(null, undefined);
    void parseJson(request, String(body), (error, value?: unknown) => {
      // What walks the value later does so by recursion, and would overflow.
      if (!error && isDeeperThan(JSON_LEVELS, value)) done(new BadRequestException());
      else done(error, value);
    });
  });
  refuseUnanswerable(fastify);
  // The last moment, which no answer passes by, whatever hook or handler it comes from.
  fastify.addHook('onSend', (request, reply, payload, done) => {
    setCommonHeaders(request, reply);
    done(null, payload);
  });
  return adapter;

  function setCommonHeaders(request: FastifyRequest, reply: FastifyReply): void {
    reply.header(REQUEST_ID_HEADER, request.id);
    for (const name in headers) if (!reply.hasHeader(name)) reply.header(name, headers[name]);
  }

  /** A URL that cannot be decoded, or a parameter that is too long: raised before any hook runs. */
  function answerFrameworkError(error: Error, request: FastifyRequest, reply: FastifyReply): void {
    const body = problemBody(toProblem(error), request.id);
    setCommonHeaders(request, reply);
    log.completed(request, body.status, 0);
    void reply.code(body.status).type(PROBLEM_MEDIA_TYPE).send(JSON.stringify(body));
  }
}

/** Looks no further than `levels`, so that it cannot overflow itself. */
function isDeeperThan(levels: number, value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false;
  return levels === 0 || Object.values(value).some((child) => isDeeperThan(levels - 1, child));
}
