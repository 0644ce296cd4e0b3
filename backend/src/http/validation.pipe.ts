import { ValidationPipe, type ArgumentMetadata, type ValidationError } from '@nestjs/common';
import { InvalidRequestException } from './invalid-request.exception.js';
import type { FieldError } from './problem.dto.js';

/** Validates bodies and queries by their DTOs: what a DTO does not name is refused, not dropped. */
export function createValidationPipe(): ValidationPipe {
  return new StrictValidationPipe({
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

/** Closes what class-transformer leaves open, before it sees the value. */
class StrictValidationPipe extends ValidationPipe {
  override transform(value: unknown, metadata: ArgumentMetadata): Promise<unknown> {
    // What our own decorators take from the request (`@CurrentUser()`) is no input. Nest waits for a
    // value as well as for a promise, and every guarded request comes by here.
    if (metadata.type === 'custom') return value as Promise<unknown>;
    return this.validateInput(value, metadata);
  }

  private async validateInput(value: unknown, metadata: ArgumentMetadata): Promise<unknown> {
    if (this.toValidate(metadata)) {
      // It would take the items of a list for fields.
      if (metadata.type === 'body' && !isJsonObject(value)) {
        throw new InvalidRequestException([{ field: 'body', message: NO_OBJECT }]);
      }
      // It drops these names in silence, and the whitelist never hears of them.
      const unknown = inheritedNames(value);
      if (unknown.length > 0) {
        throw new InvalidRequestException(
          unknown.map((field) => ({ field, message: unknownField(field) })),
        );
      }
    }
    return super.transform(value, metadata);
  }
}

const NO_OBJECT = 'The body must be a JSON object.';

const unknownField = (field: string) => `${field} is not a field of this request.`;

const isJsonObject = (value: unknown) =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Paths of the fields that are named like a member of every object, such as `toString`. */
function inheritedNames(value: unknown, parent = ''): string[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, child]) => {
    const field = pathOf(parent, name);
    return name in Object.prototype ? [field] : inheritedNames(child, field);
  });
}

const pathOf = (...names: string[]) => names.filter(Boolean).join('.');

function toFieldErrors(error: ValidationError, parent = ''): FieldError[] {
  const field = pathOf(parent, error.property);
  const own = Object.entries(error.constraints ?? {}).map(([constraint, message]) => ({
    field: field || 'body',
    message: sentenceFor(constraint, field, message),
  }));
  return [...own, ...(error.children ?? []).flatMap((child) => toFieldErrors(child, field))];
}

function sentenceFor(constraint: string, field: string, message: string): string {
  if (constraint === 'whitelistValidation') return unknownField(field);
  if (constraint === 'unknownValue') return NO_OBJECT;
  return message;
}
