import { RequestMethod } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { DestinationStream } from 'pino';
import { AppModule } from './app.module.js';
import type { Environment } from './config/env.js';
import { createClientAddressOf } from './http/client-address.js';
import { answerCors } from './http/cors.js';
import { createFastifyAdapter } from './http/fastify.adapter.js';
import { securityHeaders } from './http/security-headers.js';
import { ApplicationLogger } from './logging/application.logger.js';
import { standardOutput } from './logging/log.destination.js';
import { createLogger } from './logging/logger.js';
import { logRequests } from './logging/request-log.hooks.js';
import { RequestLog } from './logging/request.log.js';
import { serveDocument } from './openapi/swagger.ui.js';
import { AddressLimiter } from './rate-limit/address.limiter.js';
import { limitUnguardedRequests } from './rate-limit/unguarded-request.hook.js';

/**
 * Builds the whole application as it is served, up to listening: the one way for production, for
 * tests and for the tools that only look at it. Reaches for no database yet.
 *
 * @param options.logDestination where log lines go; default: standard output
 */
export async function createApp(
  environment: Environment,
  options: { logDestination?: DestinationStream } = {},
): Promise<NestFastifyApplication> {
  const { apiUrl, deployment, logLevel, trustsProxy, webUrl } = environment;
  const logDestination = options.logDestination ?? standardOutput(deployment);
  const clientAddressOf = createClientAddressOf(trustsProxy);
  const requestLog = new RequestLog(logLevel, logDestination, clientAddressOf);
  const logs = { application: createLogger(logLevel, logDestination), requests: requestLog };
  const app = await NestFactory.create<NestFastifyApplication>(
    AppModule.forRoot(environment, logs, clientAddressOf),
    createFastifyAdapter({
      headers: securityHeaders(apiUrl.startsWith('https:')),
      log: requestLog,
    }),
    // Fastify's own JSON parser is all there is to be: Nest would add one for forms.
    { bodyParser: false, bufferLogs: true, abortOnError: false },
  );
  app.useLogger(app.get(ApplicationLogger));
  app.setGlobalPrefix('api', {
    exclude: [
      { path: 'health', method: RequestMethod.GET },
      { path: 'health/live', method: RequestMethod.GET },
    ],
  });
  const fastify = app.getHttpAdapter().getInstance();
  logRequests(fastify, requestLog);
  answerCors(fastify, webUrl);
  limitUnguardedRequests(fastify, app.get(AddressLimiter));
  serveDocument(app);
  return app;
}
