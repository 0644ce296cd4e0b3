import { ValidationPipe, type ValidationError } from '@nestjs/common';
import { InvalidRequestException } from './invalid-request.exception.js';
import type { FieldError } from './problem.dto.js';

/** Validates bodies and queries by their DTOs: what a DTO does not name is refused, not dropped. */
export function createValidationPipe(): ValidationPipe {
  return new ValidationPipe({
    transform: true,
    whitelist: true,
    forbidNonWhitelisted: true,
    // Without it a DTO that declares no rule at all would let everything pass.
    forbidUnknownValues: true,
    stopAtFirstError: true,
    // Neither the object nor the value belongs into an error.
    validationError: { target: false, value: false },
    exceptionFactory: (errors) =>
      new InvalidRequestException(errors.flatMap((e) => toFieldErrors(e))),
  });
}

function toFieldErrors(error: ValidationError, parent = ''): FieldError[] {
  const field = [parent, error.property].filter(Boolean).join('.');
  const own = Object.entries(error.constraints ?? {}).map(([constraint, message]) => ({
    field: field || 'body',
    message: sentenceFor(constraint, field, message),
  }));
  return [...own, ...(error.children ?? []).flatMap((child) => toFieldErrors(child, field))];
}

function sentenceFor(constraint: string, field: string, message: string): string {
  if (constraint === 'whitelistValidation') return `${field} is not a field of this request.`;
  if (constraint === 'unknownValue') return 'The body must be a JSON object.';
  return message;
}
