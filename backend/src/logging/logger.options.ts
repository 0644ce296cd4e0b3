import type { IncomingMessage, ServerResponse } from 'node:http';
import { RequestMethod } from '@nestjs/common';
import type { Params } from 'nestjs-pino';
import type { DestinationStream } from 'pino';
import type { Environment } from '../config/env.js';
import { createClientAddressOf } from '../http/client-address.js';
import { createReadableStream } from './readable.stream.js';

const HEALTH = /^\/health(?:\/|\?|$)/;

/**
 * One structured line per request. Of a request it names method, path, address and user agent; no
 * headers, body or query, where secrets could be. Whatever else is logged has credentials redacted.
 *
 * @param destination where the lines go; tests read them
 */
export function loggerOptions(
  { logLevel, deployment, trustsProxy }: Environment,
  destination: DestinationStream = defaultDestination(deployment),
): Params {
  const clientAddressOf = createClientAddressOf(trustsProxy);
  return {
    // nestjs-pino's default route has missed requests on Fastify.
    forRoutes: [{ path: '{*splat}', method: RequestMethod.ALL }],
    pinoHttp: [
      {
        level: logLevel,
        redact: {
          paths: ['authorization', 'cookie', 'headers', 'token', 'secret', 'password'].flatMap(
            (name) => [name, `*.${name}`, `*.*.${name}`],
          ),
          censor: '[redacted]',
        },
        quietReqLogger: true,
        customAttributeKeys: { reqId: 'requestId' },
        customLogLevel: (request: IncomingMessage, response: ServerResponse, error?: Error) => {
          if (HEALTH.test(urlOf(request))) return 'debug';
          return error || response.statusCode >= 500 ? 'error' : 'info';
        },
        // pino-http invents an error for each 5xx; the real one has a line of its own.
        customErrorObject: (_request, _response, _error, { err: _invented, ...line }) => line,
        serializers: {
          // pino-http wraps the request; `raw` is Node's.
          req: ({ raw }: { raw: IncomingMessage }) => ({
            method: raw.method,
            path: urlOf(raw).split('?')[0],
            ip: clientAddressOf(raw),
            userAgent: raw.headers['user-agent'],
          }),
          res: ({ raw }: { raw: ServerResponse }) => ({ status: raw.statusCode }),
        },
      },
      destination,
    ],
  };
}

/** Middleware may have rewritten `url`; Fastify's bridge keeps the original. */
function urlOf(request: IncomingMessage & { originalUrl?: string }): string {
  return request.originalUrl ?? request.url ?? '';
}

function defaultDestination(deployment: Environment['deployment']): DestinationStream {
  return deployment === 'local' && process.stdout.isTTY
    ? createReadableStream(process.stdout)
    : process.stdout;
}
