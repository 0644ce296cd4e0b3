import { problems, type ProblemCode } from './problem.codes.js';
import type { FieldError, Problem } from './problem.dto.js';

export const PROBLEM_MEDIA_TYPE = 'application/problem+json';

/** How a request that failed is answered. */
export interface ProblemAnswer {
  readonly code: ProblemCode;
  /** Where it is not the code's own: a status raised without one of our codes. */
  readonly status?: number;
  readonly errors?: FieldError[];
  /** Which rule refused the request, and how to mend that; for developers only. */
  readonly reason?: string;
  readonly detail?: string;
  readonly headers?: Readonly<Record<string, string>> | undefined;
}

/** Writes the RFC 9457 body. Nothing of the exception gets in: the code says all a client may know. */
export function problemBody(answer: ProblemAnswer, requestId: string): Problem {
  const { code, errors, reason, detail } = answer;
  const { status, title } = problems[code];
  return {
    type: `urn:tessera:problem:${code}`,
    title,
    status: answer.status ?? status,
    code,
    requestId,
    ...(errors && { errors }),
    ...(reason && { reason }),
    ...(detail && { detail }),
  };
}
