import { Logger as NestLogger } from '@nestjs/common';
import { ApplicationLogger } from './application.logger.js';
import { createLogger } from './logger.js';

let lines: Record<string, unknown>[];
let log: ApplicationLogger;
beforeEach(() => {
  lines = [];
  const destination = { write: (line: string) => void lines.push(JSON.parse(line)) };
  log = new ApplicationLogger(createLogger('debug', destination));
  NestLogger.overrideLogger(log);
});

describe("Nest's own logger", () => {
  it('writes its message and the context as a line of ours', () => {
    new NestLogger('Tasks').warn('slow');
    expect(lines).toEqual([expect.objectContaining({ level: 40, context: 'Tasks', msg: 'slow' })]);
  });

  it.each([
    ['an error', (logger: NestLogger) => logger.error(new Error('broken'))],
    ['a text with a stack', (logger: NestLogger) => logger.error('broken', new Error('x').stack)],
  ])('keeps the stack of %s', (_name, write) => {
    write(new NestLogger('Tasks'));
    const err = expect.objectContaining({ stack: expect.stringMatching(/\n\s+at /) });
    expect(lines).toEqual([
      expect.objectContaining({ level: 50, context: 'Tasks', msg: 'broken', err }),
    ]);
  });

  it('takes an object for fields, and redacts what could be a credential', () => {
    new NestLogger('Tasks').log({ taskId: 't-1', token: 'needle' });
    const fields = { level: 30, context: 'Tasks', taskId: 't-1', token: '[redacted]' };
    expect(lines).toEqual([expect.objectContaining(fields)]);
  });

  it('tells of the boot only to those who debug it', () => {
    log.log('Mapped {/health, GET} route', 'RouterExplorer');
    log.log('listening', 'Main');
    expect(lines.map(({ level }) => level)).toEqual([20, 30]);
  });
});
