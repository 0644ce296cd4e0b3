import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { AddressLimiter } from './address.limiter.js';

/** Limits what no guard sees: addresses without a route, and the documentation. */
export function limitUnguardedRequests(app: NestFastifyApplication): void {
  const limiter = app.get(AddressLimiter);
  app
    .getHttpAdapter()
    .getInstance()
    // After every onRequest hook, so that a refusal has the headers of any other answer.
    .addHook('preParsing', async (request) => {
      // The route, not the URL: that may be spelt in several ways.
      const isDocumentation = request.routeOptions.url?.startsWith('/docs') ?? false;
      if (request.is404 || isDocumentation) await limiter.spend('unguarded', request);
    });
}
