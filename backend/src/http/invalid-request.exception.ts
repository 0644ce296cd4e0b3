import { BadRequestException } from '@nestjs/common';
import type { FieldError } from './problem.dto.js';

/** Fields of the request are not valid; answered with a sentence for each. */
export class InvalidRequestException extends BadRequestException {
  constructor(readonly errors: FieldError[]) {
    super('invalid_request');
  }
}
