import { NotFoundException, UnauthorizedException } from '@nestjs/common';
import { toProblem } from './problem.mapper.js';

const errorWith = (fields: object) => Object.assign(new Error('x'), fields);

describe('the answer to what was thrown', () => {
  it("has the status of Nest's and of Fastify's own errors", () => {
    expect(toProblem(new NotFoundException())).toEqual({ code: 'not_found', status: 404 });
    const tooLarge = errorWith({ code: 'FST_ERR_CTP_BODY_TOO_LARGE', statusCode: 413 });
    expect(toProblem(tooLarge)).toEqual({ code: 'payload_too_large', status: 413 });
  });

  it("has a challenge for the 401 of a guard that is not ours, passport's among them", () => {
    expect(toProblem(new UnauthorizedException('the reason'))).toEqual({
      code: 'invalid_token',
      headers: { 'www-authenticate': expect.stringMatching(/^Bearer error="invalid_token"/) },
    });
  });

  it.each([
    ['a status', { statusCode: 404 }],
    ['a status and a code', { statusCode: 401, code: 'UPSTREAM_SAID_NO' }],
    ["a status that is no number, and a code like Fastify's", { statusCode: '404', code: 'FST_X' }],
  ])('is a 500 where any other error carries %s', (_name, fields) => {
    expect(toProblem(errorWith(fields))).toEqual({ code: 'internal_error' });
  });
});
