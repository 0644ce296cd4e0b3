'use client';

import { zodResolver } from '@hookform/resolvers/zod';
import { useState } from 'react';
import { useForm } from 'react-hook-form';
import { Button } from '@/components/ui/button';
import { Field } from '@/components/ui/field';
import { Input } from '@/components/ui/input';
import { authClient, type AuthOutcome } from '@/lib/auth-client';
import { signInForm, type SignInForm } from './credential-forms';
import { OutcomeNotice } from './outcome-notice';
import { PasswordField } from './password-field';
import { untilThePageIsGone } from './until-the-page-is-gone';
import { useHydrated } from './use-hydrated';

/** Says the same whether the e-mail is unknown or the password wrong (US2, FR-007). */
export function SignInForm({ returnPath }: { returnPath: string }) {
  const form = useForm<SignInForm>({ resolver: zodResolver(signInForm), mode: 'onTouched' });
  const { errors, isSubmitting } = form.formState;
  const [outcome, setOutcome] = useState<AuthOutcome>();
  const hydrated = useHydrated();

  const submit = form.handleSubmit(async (values) => {
    setOutcome(undefined);
    const result = await authClient.signIn(values);
    if (result.kind === 'done') {
      window.location.assign(returnPath);
      await untilThePageIsGone();
    }
    setOutcome(result);
    if (result.kind === 'refused') form.setFocus('password', { shouldSelect: true });
  });

  return (
    <form method="post" noValidate onSubmit={(event) => void submit(event)} className="grid gap-5">
      <OutcomeNotice outcome={outcome} />
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
      <PasswordField
        {...form.register('password')}
        error={errors.password?.message}
        autoComplete="current-password"
      />
      <Button type="submit" disabled={!hydrated} busy={isSubmitting}>
        Sign in
      </Button>
    </form>
  );
}
