import type { INestApplication } from '@nestjs/common';
import { DocumentBuilder, SwaggerModule, type OpenAPIObject } from '@nestjs/swagger';
import { ACCESS_TOKEN_SCHEME } from '../auth/index.js';
import { addProblemExamples } from './problem.examples.js';

const DESCRIPTION = `
The API of Tessera: tasks that only their owner can see.

**To call it**, sign in on the web app, take the token that \`GET /api/auth/token\` of the web app answers,
press *Authorize* here and paste it. It lives for some minutes; after that, fetch another. Your
\`userId\` is the token's \`sub\`, and stands in the address of every task.

**When it refuses**, the body is a problem (RFC 9457). Its \`code\` says what to mend:
no token or no good token is 401, another user's id in the path is 403, a task that is not yours is
404 like one that never was, and 503 with \`Retry-After\` means that a database is out, not you.
`.trim();

/** Describes every route of the application. The same text is committed as `openapi.json`. */
export function createDocument(app: INestApplication): OpenAPIObject {
  const config = new DocumentBuilder()
    .setTitle('Tessera API')
    .setDescription(DESCRIPTION)
    .setVersion('1')
    .setLicense('MIT', 'https://opensource.org/license/mit')
    // Relative: the document is right wherever it is served.
    .addServer('/', 'This API')
    .addTag('users', 'Who the API takes you for')
    .addTag('tasks', 'Your tasks')
    .addTag('health', 'For probes; public and not rate limited')
    .addBearerAuth(
      {
        type: 'http',
        scheme: 'bearer',
        bearerFormat: 'JWT',
        description: 'The access token that the web app issues for your session',
      },
      ACCESS_TOKEN_SCHEME,
    )
    // Every route wants a token, as it does without any decorator; `@Public()` says otherwise.
    .addSecurityRequirements(ACCESS_TOKEN_SCHEME)
    .build();
  const document = SwaggerModule.createDocument(app, config, {
    operationIdFactory: (controller, method) =>
      `${controller.replace(/Controller$/, '').toLowerCase()}_${method}`,
  });
  return addProblemExamples(document);
}
