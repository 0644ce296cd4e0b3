import type { ComponentProps } from 'react';
import { Field } from '@/components/ui/field';
import { Input } from '@/components/ui/input';

interface EmailFieldProps extends ComponentProps<'input'> {
  error: string | undefined;
}

/** The e-mail as the name of an account; password managers know it by that. */
export function EmailField({ error, ...props }: EmailFieldProps) {
  return (
    <Field label="E-mail" error={error}>
      {(control) => (
        <Input {...control} {...props} type="email" inputMode="email" autoComplete="username" />
      )}
    </Field>
  );
}
