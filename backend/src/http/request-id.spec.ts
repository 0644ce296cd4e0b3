import { requestIdOf } from './request-id.js';

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

describe('the id of a request', () => {
  it('is the one of the caller when it is safe to log and to send back', () => {
    expect(requestIdOf({ headers: { 'x-request-id': 'trace-0123.abc_DEF' } })).toBe(
      'trace-0123.abc_DEF',
    );
  });

  it.each([
    undefined,
    '',
    'short',
    'x'.repeat(65),
    'with blank',
    '\u001b[31mred-alert',
    'a{"level":60}',
    '-leading-dash',
  ])('is a fresh one in place of %j', (given) => {
    const headers = given === undefined ? {} : { 'x-request-id': given };
    expect(requestIdOf({ headers })).toMatch(UUID);
  });
});
