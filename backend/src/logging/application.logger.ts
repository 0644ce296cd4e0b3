import { Injectable } from '@nestjs/common';
import { Logger } from 'nestjs-pino';

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
export class ApplicationLogger extends Logger {
  override log(message: unknown, ...parameters: unknown[]): void {
    if (BOOT_CONTEXTS.has(parameters.at(-1))) this.debug(message, ...parameters);
    else super.log(message, ...parameters);
  }
}
