import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { AddressLimiter } from './address.limiter.js';

/** Limits what no guard sees: addresses without a route, and the documentation, to be added later. */
export function limitUnguardedRequests(fastify: FastifyInstance, limiter: AddressLimiter): void {
  const spend = (request: FastifyRequest) => limiter.spend('unguarded', request);
  fastify.addHook('onRequest', (request, _reply, done) => {
    if (request.is404) spend(request);
    done();
  });
  // By the route, not by the URL: that may be spelt in several ways.
  fastify.addHook('onRoute', (route) => {
    if (!route.url.startsWith('/docs')) return;
    route.preHandler = (request, _reply, done) => {
      spend(request);
      done();
    };
  });
}
