import pino, { type DestinationStream, type Logger } from 'pino';

/** Injection token of the application's pino logger. */
export const LOGGER = Symbol('LOGGER');

const CREDENTIALS = ['authorization', 'cookie', 'headers', 'token', 'secret', 'password'];

/** Lines of JSON. What could be a credential is redacted, should somebody log it by mistake. */
export const createLogger = (level: string, destination: DestinationStream): Logger =>
  pino(
    {
      level,
      redact: {
        paths: CREDENTIALS.flatMap((name) => [name, `*.${name}`, `*.*.${name}`]),
        censor: '[redacted]',
      },
    },
    destination,
  );
