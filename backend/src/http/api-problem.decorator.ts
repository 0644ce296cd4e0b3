import { applyDecorators } from '@nestjs/common';
import { ApiExtraModels, ApiResponse, getSchemaPath } from '@nestjs/swagger';
import { PROBLEM_MEDIA_TYPE } from './problem.body.js';
import { problems, type ProblemCode } from './problem.codes.js';
import { Problem } from './problem.dto.js';

const hints: Partial<Record<ProblemCode, string>> = {
  malformed_request: 'the body is no JSON, or the address cannot be decoded',
  invalid_request: '`errors` names each field, unknown ones too',
  not_found: "no such task, or it is another user's: the two look the same",
  payload_too_large: 'a body may have 64 kB',
  unsupported_media_type: 'send `Content-Type: application/json`',
  too_many_requests: 'wait for `Retry-After` seconds',
  headers_too_large: 'all headers together may have 16 kB',
  internal_error: 'give the `requestId` to the operators',
  service_unavailable:
    'the database is out of reach; nobody is signed out by it. Try again after `Retry-After` seconds',
};

/** Documents problems that a route may answer with. Codes that share a status share a response. */
export const ApiProblem = (...codes: ProblemCode[]) => {
  const statuses = [...new Set(codes.map((code) => problems[code].status))];
  return applyDecorators(
    ApiExtraModels(Problem),
    ...statuses.map((status) => ApiResponse(responseFor(status, codes))),
  );
};

function responseFor(status: number, codes: ProblemCode[]) {
  const described = codes
    .filter((code) => problems[code].status === status)
    .map((code) => `\`${code}\`: ${hints[code] ?? problems[code].title}.`);
  const retryAfter = { description: 'Seconds to wait', schema: { type: 'integer' as const } };
  return {
    status,
    description: described.join(' '),
    ...(status === 429 || status === 503 ? { headers: { 'Retry-After': retryAfter } } : {}),
    content: { [PROBLEM_MEDIA_TYPE]: { schema: { $ref: getSchemaPath(Problem) } } },
  };
}

/** What any route may answer with, the public ones included. */
const ANYWHERE = [
  'malformed_request',
  'request_timeout',
  'headers_too_large',
  'internal_error',
] as const;

/** What a route without parameters, token, database or rate limit may answer with. */
export const ApiPublicProblems = () => ApiProblem(...ANYWHERE);

/** What any other route may answer with. */
export const ApiCommonProblems = () =>
  ApiProblem(...ANYWHERE, 'uri_too_long', 'too_many_requests', 'service_unavailable');
