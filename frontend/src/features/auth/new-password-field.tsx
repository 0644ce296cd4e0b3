'use client';

import { type ComponentProps, useId } from 'react';
import type { PasswordContext, PasswordPolicy } from '@/lib/password-policy';
import { PasswordChecklist } from './password-checklist';
import { PasswordField } from './password-field';
import { PasswordMeter } from './password-meter';
import { usePasswordStrength } from './use-password-strength';

interface NewPasswordFieldProps extends ComponentProps<'input'> {
  label?: string;
  policy: PasswordPolicy;
  /** What is typed so far. */
  password: string;
  /** Whose it will be, as far as the form knows. */
  context?: PasswordContext;
  error: string | undefined;
}

/** A password to be set: its rules and its strength show while one types. */
export function NewPasswordField(props: NewPasswordFieldProps) {
  const { label = 'New password', policy, password, context = {}, error, ...input } = props;
  const rulesId = useId();
  const strength = usePasswordStrength(password, context);
  return (
    <div className="grid gap-3">
      <PasswordField
        {...input}
        label={label}
        error={error}
        describedBy={rulesId}
        autoComplete="new-password"
      />
      <PasswordMeter strength={strength} />
      <PasswordChecklist
        id={rulesId}
        policy={policy}
        password={password}
        context={context}
        isCommon={strength?.isCommon === true}
      />
    </div>
  );
}
