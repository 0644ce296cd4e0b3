import type { FieldPath, FieldValues, UseFormReturn } from 'react-hook-form';
import type { AuthFailure } from '@/lib/auth-client';

/**
 * Puts what the issuer says of single fields under them.
 *
 * @returns whether it said anything of a field that the form has
 */
export function showErrors<T extends FieldValues>(
  form: UseFormReturn<T>,
  fields: readonly FieldPath<T>[],
  failure: AuthFailure,
): boolean {
  const errors = failure.kind === 'refused' ? failure.errors : [];
  const named = fields.flatMap((field) => {
    const error = errors.find((candidate) => candidate.field === field);
    return error === undefined ? [] : [{ field, message: error.message }];
  });
  for (const [at, { field, message }] of named.entries()) {
    form.setError(field, { message }, { shouldFocus: at === 0 });
  }
  return named.length > 0;
}
