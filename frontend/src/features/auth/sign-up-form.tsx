'use client';

import { zodResolver } from '@hookform/resolvers/zod';
import { useId, useState } from 'react';
import { useForm, useWatch } from 'react-hook-form';
import { Button } from '@/components/ui/button';
import { Field } from '@/components/ui/field';
import { Input } from '@/components/ui/input';
import { authClient, type AuthOutcome } from '@/lib/auth-client';
import { signUpForm, type SignUpForm } from './credential-forms';
import { OutcomeNotice } from './outcome-notice';
import { PasswordChecklist } from './password-checklist';
import { PasswordField } from './password-field';
import { untilThePageIsGone } from './until-the-page-is-gone';
import { useHydrated } from './use-hydrated';

const FIELDS = ['name', 'email', 'password'] as const;

/** One form from newcomer to signed in (US1, SC-001). */
export function SignUpForm({ returnPath }: { returnPath: string }) {
  // No default values: what was typed before hydration stays.
  const form = useForm<SignUpForm>({ resolver: zodResolver(signUpForm), mode: 'onTouched' });
  const { errors, isSubmitting } = form.formState;
  const [outcome, setOutcome] = useState<AuthOutcome>();
  const password = useWatch({ control: form.control, name: 'password' }) ?? '';
  const hydrated = useHydrated();
  const rulesId = useId();

  const submit = form.handleSubmit(async (values) => {
    setOutcome(undefined);
    const result = await authClient.signUp(values);
    if (result.kind === 'done') {
      // A full load: nothing that was rendered for the visitor is kept.
      window.location.assign(returnPath);
      await untilThePageIsGone();
    }
    const used = result.kind === 'refused' && result.code === 'EMAIL_ALREADY_USED';
    if (used) {
      form.setError('email', { message: result.message }, { shouldFocus: true });
      return;
    }
    const named = result.kind === 'refused' ? result.errors : [];
    for (const field of FIELDS) {
      const error = named.find((candidate) => candidate.field === field);
      if (error) form.setError(field, { message: error.message });
    }
    if (named.length === 0) setOutcome(result);
  });

  return (
    <form method="post" noValidate onSubmit={(event) => void submit(event)} className="grid gap-5">
      <OutcomeNotice outcome={outcome} />
      <Field label="Name" error={errors.name?.message}>
        {(control) => <Input {...control} {...form.register('name')} autoComplete="name" />}
      </Field>
      <Field label="E-mail" error={errors.email?.message}>
        {(control) => (
          <Input
            {...control}
            {...form.register('email')}
            type="email"
            inputMode="email"
            autoComplete="username"
          />
        )}
      </Field>
      <div className="grid gap-3">
        <PasswordField
          {...form.register('password')}
          error={errors.password?.message}
          describedBy={rulesId}
          autoComplete="new-password"
        />
        <PasswordChecklist id={rulesId} password={password} />
      </div>
      <Button type="submit" disabled={!hydrated} busy={isSubmitting}>
        Create account
      </Button>
    </form>
  );
}
