import { ApiProperty } from '@nestjs/swagger';
import { problems } from './problem.codes.js';

/** What is wrong with one field of a request. */
export class FieldError {
  /** Path of the field, with dots. */
  @ApiProperty({ example: 'title' })
  field: string;

  /** A sentence for people. */
  @ApiProperty({ example: 'The title must have 1 to 200 characters.' })
  message: string;
}

/**
 * The body of every answer that is not a success (RFC 9457), as `application/problem+json`.
 *
 * @see https://www.rfc-editor.org/rfc/rfc9457
 */
export class Problem {
  /** Identifies the kind of problem. */
  @ApiProperty({ format: 'uri', example: 'urn:tessera:problem:not_found' })
  type: string;

  /** The kind of problem in words; the same for every occurrence. */
  @ApiProperty({ example: 'There is nothing here' })
  title: string;

  /** The HTTP status. */
  @ApiProperty({ type: 'integer', example: 404 })
  status: number;

  /** The kind of problem for programs. */
  @ApiProperty({ enum: Object.keys(problems), example: 'not_found' })
  code: string;

  /** Finds this request in the log; also in the header `X-Request-Id`. */
  @ApiProperty({ example: '1f0c6f0e-8a9b-4f27-9d1c-0a4b6a1b5d2e' })
  requestId: string;

  /** Present with `invalid_request` only. */
  @ApiProperty({ type: [FieldError], required: false })
  errors?: FieldError[];

  /** Which rule refused the request. Present with `AUTH_EXPLAIN=1` only. */
  @ApiProperty({ required: false, example: 'expired' })
  reason?: string;

  /** How to mend what was refused. Present with `AUTH_EXPLAIN=1` only. */
  @ApiProperty({ required: false })
  detail?: string;
}
