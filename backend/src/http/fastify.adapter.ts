import { BadRequestException } from '@nestjs/common';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { answerClientError } from './client-error.handler.js';
import { PROBLEM_MEDIA_TYPE, problemBody } from './problem.body.js';
import { toProblem } from './problem.mapper.js';
import { REQUEST_ID_HEADER, requestIdOf } from './request-id.js';

const BODY_LIMIT_BYTES = 64 * 1024;
const JSON_LEVELS = 32;

/** Creates the HTTP server with its limits, and with our answers where Fastify has its own. */
export function createFastifyAdapter(): FastifyAdapter {
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
    clientErrorHandler: answerClientError,
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
  fastify.addHook('onSend', (request, reply, payload, done) => {
    setCommonHeaders(request, reply);
    done(null, payload);
  });
  return adapter;
}

/** Looks no further than `levels`, so that it cannot overflow itself. */
function isDeeperThan(levels: number, value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false;
  return levels === 0 || Object.values(value).some((child) => isDeeperThan(levels - 1, child));
}

/** A URL that cannot be decoded, or a parameter that is too long: raised before any hook runs. */
function answerFrameworkError(error: Error, request: FastifyRequest, reply: FastifyReply): void {
  const body = problemBody(toProblem(error), request.id);
  setCommonHeaders(request, reply);
  reply.header('x-content-type-options', 'nosniff');
  void reply.code(body.status).type(PROBLEM_MEDIA_TYPE).send(JSON.stringify(body));
}

function setCommonHeaders(request: FastifyRequest, reply: FastifyReply): void {
  reply.header(REQUEST_ID_HEADER, request.id);
  // The assets of Swagger UI say for themselves how they are cached.
  if (!reply.hasHeader('cache-control')) reply.header('cache-control', 'no-store');
}
