import type { FastifyInstance } from 'fastify';

const PREFLIGHT_SECONDS = 600;

const PREFLIGHT_HEADERS = {
  'access-control-allow-methods': 'GET, POST, PATCH, DELETE',
  'access-control-allow-headers': 'Authorization, Content-Type',
  'access-control-max-age': String(PREFLIGHT_SECONDS),
  'content-length': '0',
};

/**
 * Lets pages of one other origin call the API and read what they must know of its answers, without
 * cookies. Any OPTIONS is answered as a preflight: no route has a use for it.
 *
 * @see https://fetch.spec.whatwg.org/#http-cors-protocol
 */
export function answerCors(fastify: FastifyInstance, allowedOrigin: string): void {
  const allowance = {
    'access-control-allow-origin': allowedOrigin,
    'access-control-expose-headers': 'X-Request-Id, Retry-After, Location',
  };
  fastify.addHook('onRequest', (request, reply, done) => {
    reply.header('vary', 'Origin');
    if (request.headers.origin === allowedOrigin) reply.headers(allowance);
    if (request.method !== 'OPTIONS') return done();
    reply.code(204).headers(PREFLIGHT_HEADERS).send();
  });
}
