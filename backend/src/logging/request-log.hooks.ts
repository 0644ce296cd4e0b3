import type { FastifyInstance } from 'fastify';
import type { RequestLog } from './request.log.js';

/** Logs every request that is routed, whether or not a route is found. */
export function logRequests(fastify: FastifyInstance, log: RequestLog): void {
  // Read once, Node knows the peer of a connection that is gone, too.
  fastify.server.on('connection', (socket) => void socket.remoteAddress);
  fastify.addHook('onResponse', (request, reply, done) => {
    log.completed(request, reply.statusCode, reply.elapsedTime);
    done();
  });
  fastify.addHook('onRequestAbort', (request, done) => {
    log.aborted(request);
    done();
  });
}
