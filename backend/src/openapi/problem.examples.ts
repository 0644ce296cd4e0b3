import type { OpenAPIObject } from '@nestjs/swagger';
import { PROBLEM_MEDIA_TYPE, problemBody } from '../http/problem.body.js';
import { problems, type ProblemCode } from '../http/problem.codes.js';

const REQUEST_ID = '1f0c6f0e-8a9b-4f27-9d1c-0a4b6a1b5d2e';
const FIELD_ERRORS = [{ field: 'title', message: 'The title must have 1 to 200 characters.' }];

interface Response {
  description: string;
  content?: Record<string, object>;
}

/** Shows under each documented status the very bodies that come with it, in place of one for all. */
export function addProblemExamples(document: OpenAPIObject): OpenAPIObject {
  for (const path of Object.values(document.paths)) {
    for (const operation of Object.values(
      path as Record<string, { responses?: Record<string, Response> }>,
    )) {
      for (const response of Object.values(operation.responses ?? {})) {
        const content = response.content?.[PROBLEM_MEDIA_TYPE];
        if (content === undefined) continue;
        // Replaced, not written to: decorators share one object among all routes.
        response.content = {
          [PROBLEM_MEDIA_TYPE]: { ...content, examples: examplesOf(response.description) },
        };
      }
    }
  }
  return document;
}

/** Of the codes that the description names. */
function examplesOf(description: string) {
  const codes = (Object.keys(problems) as ProblemCode[]).filter((code) =>
    description.includes(`\`${code}\``),
  );
  return Object.fromEntries(codes.map((code) => [code, { value: exampleOf(code) }]));
}

function exampleOf(code: ProblemCode) {
  const answer = code === 'invalid_request' ? { code, errors: FIELD_ERRORS } : { code };
  return problemBody(answer, REQUEST_ID);
}
