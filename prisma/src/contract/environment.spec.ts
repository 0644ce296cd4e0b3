import { z } from 'zod';
import { ConfigurationError, parseEnvironment } from './environment.js';

const schema = z.object({
  PORT: z.string().regex(/^\d+$/, 'must be a number'),
  NAME: z.string(),
  MODE: z.enum(['a', 'b']).default('a'),
});

function messageFor(environment: Record<string, string>): string {
  try {
    parseEnvironment(schema, environment);
  } catch (error) {
    if (error instanceof ConfigurationError) return error.message;
    throw error;
  }
  throw new Error('The environment was accepted');
}

describe('the environment', () => {
  it('is parsed with its defaults', () => {
    expect(parseEnvironment(schema, { PORT: '1', NAME: 'n', OTHER: 'x' })).toEqual({
      PORT: '1',
      NAME: 'n',
      MODE: 'a',
    });
  });

  it('names every wrong variable and never a value (FR-025)', () => {
    const message = messageFor({ PORT: 'hunter2', MODE: 'hunter2' });
    expect(message.split('\n')).toEqual([
      'PORT: must be a number',
      'NAME: is required',
      expect.stringMatching(/^MODE: /),
    ]);
    expect(message).not.toContain('hunter2');
  });

  it('takes an empty variable as absent', () => {
    expect(messageFor({ PORT: '1', NAME: '' })).toBe('NAME: is required');
    expect(parseEnvironment(schema, { PORT: '1', NAME: 'n', MODE: '' }).MODE).toBe('a');
  });
});
