import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { SwaggerModule } from '@nestjs/swagger';
import { SWAGGER_CONTENT_SECURITY_POLICY } from '../http/security-headers.js';
import { createDocument } from './document.js';

const DOCS = /^\/docs(?:\/|\?|$)/;

/** Serves Swagger UI at `/docs` and the document at `/docs-json`. */
export function serveDocument(app: NestFastifyApplication): void {
  // Built on the first request: a process that only serves tokens and tasks never pays for it.
  let document: ReturnType<typeof createDocument> | undefined;
  SwaggerModule.setup('docs', app, () => (document ??= createDocument(app)), {
    raw: ['json'],
    jsonDocumentUrl: 'docs-json',
    customSiteTitle: 'Tessera API',
    swaggerOptions: {
      // A token in localStorage would outlive its tab, and any script could read it.
      persistAuthorization: false,
      displayRequestDuration: true,
      docExpansion: 'list',
      tryItOutEnabled: true,
      validatorUrl: null,
    },
  });
  app
    .getHttpAdapter()
    .getInstance()
    .addHook('onSend', (request, reply, payload, done) => {
      if (DOCS.test(request.url)) {
        reply.header('content-security-policy', SWAGGER_CONTENT_SECURITY_POLICY);
      }
      done(null, payload);
    });
}
