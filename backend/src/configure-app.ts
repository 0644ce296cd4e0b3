import { RequestMethod } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { DestinationStream } from 'pino';
import { AppModule } from './app.module.js';
import type { Environment } from './config/env.js';
import { createFastifyAdapter } from './http/fastify.adapter.js';
import { securityHeaders } from './http/security-headers.js';
import { ApplicationLogger } from './logging/application.logger.js';
import { serveDocument } from './openapi/swagger.ui.js';
import { limitUnguardedRequests } from './rate-limit/unguarded-request.hook.js';

const PREFLIGHT_SECONDS = 600;

/**
 * Builds the whole application as it is served, up to listening: the one way for production, for
 * tests and for the tools that only look at it. Reaches for no database yet.
 */
export async function createApp(
  environment: Environment,
  options: { logDestination?: DestinationStream } = {},
): Promise<NestFastifyApplication> {
  const app = await NestFactory.create<NestFastifyApplication>(
    AppModule.forRoot(environment, options.logDestination),
    createFastifyAdapter(),
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
  app.useSecurityHeaders(securityHeaders(environment.apiUrl.startsWith('https:')));
  app.enableCors({
    // A list, so that only this origin is ever answered: a lone string would be sent to every caller.
    origin: [environment.webUrl],
    methods: ['GET', 'POST', 'PATCH', 'DELETE'],
    allowedHeaders: ['Authorization', 'Content-Type'],
    exposedHeaders: ['X-Request-Id', 'Retry-After', 'Location'],
    maxAge: PREFLIGHT_SECONDS,
    credentials: false,
    // Any OPTIONS is answered like a preflight, rather than with a text of the plugin's own.
    strictPreflight: false,
  });
  serveDocument(app);
  limitUnguardedRequests(app);
  return app;
}
