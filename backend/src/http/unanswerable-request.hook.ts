import { BadRequestException, HttpException, HttpStatus } from '@nestjs/common';
import type { FastifyInstance } from 'fastify';

/**
 * Refuses what Node, on its own, would refuse without a body: a request without `Host` (RFC 9112,
 * 3.2) and one with an `Expect` that is not known (RFC 9110, 10.1.1).
 */
export function refuseUnanswerable(fastify: FastifyInstance): void {
  fastify.server.on('checkExpectation', (request, response) =>
    fastify.server.emit('request', request, response),
  );
  fastify.addHook('onRequest', ({ headers: { host, expect }, raw }, _reply, done) => {
    if (host === undefined && raw.httpVersion === '1.1') throw new BadRequestException();
    if (expect !== undefined && !/^100-continue$/i.test(expect)) {
      throw new HttpException('expectation_failed', HttpStatus.EXPECTATION_FAILED);
    }
    done();
  });
}
