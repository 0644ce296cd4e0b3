import { inspect } from 'node:util';
import { Inject, Injectable, type LoggerService } from '@nestjs/common';
import type { Level, Logger } from 'pino';
import { LOGGER } from './logger.js';

/** Nest's own chapters of the boot: a line per module and route. */
const BOOT_CONTEXTS = new Set<unknown>([
  'NestFactory',
  'InstanceLoader',
  'RoutesResolver',
  'RouterExplorer',
  'NestApplication',
]);

/** Nest's logger, by pino. What Nest tells of its boot is for those who debug it. */
@Injectable()
export class ApplicationLogger implements LoggerService {
  constructor(@Inject(LOGGER) private readonly logger: Logger) {}

  log(message: unknown, ...parameters: unknown[]): void {
    this.write(BOOT_CONTEXTS.has(parameters.at(-1)) ? 'debug' : 'info', message, parameters);
  }

  error(message: unknown, ...parameters: unknown[]): void {
    this.write('error', message, parameters);
  }

  warn(message: unknown, ...parameters: unknown[]): void {
    this.write('warn', message, parameters);
  }

  debug(message: unknown, ...parameters: unknown[]): void {
    this.write('debug', message, parameters);
  }

  verbose(message: unknown, ...parameters: unknown[]): void {
    this.write('trace', message, parameters);
  }

  fatal(message: unknown, ...parameters: unknown[]): void {
    this.write('fatal', message, parameters);
  }

  /** Nest passes the context last and, for an error, its stack before. */
  private write(level: Level, message: unknown, parameters: unknown[]): void {
    const texts = parameters.filter((parameter) => typeof parameter === 'string');
    const stack = texts.find(isStack);
    const fields = {
      context: texts.findLast((text) => !isStack(text)),
      err: message instanceof Error ? message : stack && { stack },
    };
    if (message instanceof Error) this.logger[level](fields, message.message);
    else if (typeof message === 'object') this.logger[level]({ ...fields, ...message });
    else this.logger[level](fields, typeof message === 'string' ? message : inspect(message));
  }
}

const isStack = (text: string) => /\n\s+at /.test(text);
