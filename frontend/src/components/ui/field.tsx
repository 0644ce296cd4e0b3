import { Label } from 'radix-ui';
import { type ReactNode, useId } from 'react';

interface ControlProps {
  id: string;
  'aria-invalid': boolean;
  'aria-describedby': string | undefined;
}

interface FieldProps {
  label: string;
  /** What is wrong, in a sentence; read out with the field. */
  error?: string | undefined;
  /** Further help, by the id of its element. */
  describedBy?: string;
  children: (control: ControlProps) => ReactNode;
}

/** A label, its control, and what is wrong with it, tied together for everybody. */
export function Field({ label, error, describedBy, children }: FieldProps) {
  const id = useId();
  const errorId = `${id}-error`;
  const described = [error !== undefined && errorId, describedBy].filter(Boolean).join(' ');
  return (
    <div className="grid gap-1.5">
      <Label.Root htmlFor={id} className="text-sm font-medium">
        {label}
      </Label.Root>
      {children({
        id,
        'aria-invalid': error !== undefined,
        'aria-describedby': described || undefined,
      })}
      {error !== undefined && (
        <p id={errorId} role="alert" className="animate-appear text-sm text-bad">
          {error}
        </p>
      )}
    </div>
  );
}
