'use client';

import { type ComponentProps, useState } from 'react';
import { Field } from '@/components/ui/field';
import { Input } from '@/components/ui/input';

interface PasswordFieldProps extends ComponentProps<'input'> {
  label?: string;
  error: string | undefined;
  describedBy?: string;
}

/** A password that one may look at while typing: fewer typing errors, and no second field. */
export function PasswordField(field: PasswordFieldProps) {
  const { label = 'Password', error, describedBy, ...props } = field;
  const [shown, setShown] = useState(false);
  return (
    <Field label={label} error={error} {...(describedBy && { describedBy })}>
      {(control) => (
        <div className="relative">
          <Input
            {...control}
            {...props}
            type={shown ? 'text' : 'password'}
            autoCapitalize="none"
            autoCorrect="off"
            spellCheck={false}
            className="pr-18"
          />
          <button
            type="button"
            aria-pressed={shown}
            aria-controls={control.id}
            onClick={() => setShown(!shown)}
            className="absolute inset-y-1 right-1 rounded-tile px-3 text-sm font-medium text-ink-soft hover:text-ink"
          >
            {shown ? 'Hide' : 'Show'}
          </button>
        </div>
      )}
    </Field>
  );
}
