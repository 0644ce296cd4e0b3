/** Every problem that this API answers with: its code, status and title (RFC 9457). */
export const problems = {
  malformed_request: { status: 400, title: 'The request could not be read' },
  invalid_request: { status: 400, title: 'Some fields of the request are not valid' },
  missing_token: { status: 401, title: 'An access token is needed' },
  invalid_token: { status: 401, title: 'The access token was not accepted' },
  forbidden: { status: 403, title: 'You can reach your own data only' },
  not_found: { status: 404, title: 'There is nothing here' },
  method_not_allowed: { status: 405, title: 'This method is not supported here' },
  request_timeout: { status: 408, title: 'The request took too long to arrive' },
  payload_too_large: { status: 413, title: 'The request body is too large' },
  uri_too_long: { status: 414, title: 'The address is too long' },
  unsupported_media_type: { status: 415, title: 'The body must be application/json' },
  expectation_failed: { status: 417, title: 'No expectation but 100-continue is met here' },
  too_many_requests: { status: 429, title: 'Too many requests: slow down' },
  headers_too_large: { status: 431, title: 'The request headers are too large' },
  internal_error: { status: 500, title: 'Something went wrong on our side' },
  service_unavailable: { status: 503, title: 'The service is not available right now: try again' },
} as const;

export type ProblemCode = keyof typeof problems;

/** The code for an HTTP status that was raised without one of ours. */
export function problemCodeOfStatus(status: number): ProblemCode {
  if (status === 400) return 'malformed_request';
  const found = (Object.keys(problems) as ProblemCode[]).find(
    (code) => problems[code].status === status,
  );
  return found ?? (status < 500 ? 'malformed_request' : 'internal_error');
}
