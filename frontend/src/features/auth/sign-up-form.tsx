'use client';

import { zodResolver } from '@hookform/resolvers/zod';
import { useState } from 'react';
import { useForm, useWatch } from 'react-hook-form';
import { Button } from '@/components/ui/button';
import { Field } from '@/components/ui/field';
import { Input } from '@/components/ui/input';
import { authClient, type AuthOutcome } from '@/lib/auth-client';
import type { PasswordPolicy } from '@/lib/password-policy';
import { useHydrated } from '@/lib/use-hydrated';
import { signUpForm, type SignUpForm } from './credential-forms';
import { EmailField } from './email-field';
import { MailSent } from './mail-sent';
import { NewPasswordField } from './new-password-field';
import { OutcomeNotice } from './outcome-notice';
import { showErrors } from './show-errors';
import { untilThePageIsGone } from './until-the-page-is-gone';

interface SignUpFormProps {
  returnPath: string;
  policy: PasswordPolicy;
  hasMailPage: boolean;
}

/** One form from newcomer to signed in (US1, SC-001), or to the mail that confirms the address. */
export function SignUpForm({ returnPath, policy, hasMailPage }: SignUpFormProps) {
  // No default values: what was typed before hydration stays.
  const resolver = zodResolver(signUpForm(policy));
  const form = useForm<SignUpForm>({ resolver, mode: 'onTouched' });
  const { errors, isSubmitting } = form.formState;
  const [outcome, setOutcome] = useState<AuthOutcome>();
  const typed = useWatch({ control: form.control });
  const hydrated = useHydrated();

  const submit = form.handleSubmit(async (values) => {
    setOutcome(undefined);
    const result = await authClient.signUp(values);
    if (result.kind === 'done' && result.answer.verificationRequired !== true) {
      // A full load: nothing that was rendered for the visitor is kept.
      window.location.assign(returnPath);
      await untilThePageIsGone();
    }
    const used = result.kind === 'refused' && result.code === 'EMAIL_ALREADY_USED';
    if (used) {
      form.setError('email', { message: result.message }, { shouldFocus: true });
      return;
    }
    const isInPlace =
      result.kind !== 'done' && showErrors(form, ['name', 'email', 'password'], result);
    if (!isInPlace) setOutcome(result);
  });

  if (outcome?.kind === 'done') {
    const email = form.getValues('email');
    return (
      <MailSent
        hasMailPage={hasMailPage}
        resend={() => authClient.sendVerificationEmail({ email })}
      >
        Check your mail: we sent a link to <b className="break-words">{email}</b>. Open it to
        confirm that the address is yours, then sign in.
      </MailSent>
    );
  }
  return (
    <form method="post" noValidate onSubmit={(event) => void submit(event)} className="grid gap-5">
      <OutcomeNotice outcome={outcome} />
      <Field label="Name" error={errors.name?.message}>
        {(control) => <Input {...control} {...form.register('name')} autoComplete="name" />}
      </Field>
      <EmailField {...form.register('email')} error={errors.email?.message} />
      <NewPasswordField
        {...form.register('password')}
        label="Password"
        policy={policy}
        password={typed.password ?? ''}
        context={{ name: typed.name, email: typed.email }}
        error={errors.password?.message}
      />
      <Button type="submit" disabled={!hydrated} busy={isSubmitting}>
        Create account
      </Button>
    </form>
  );
}
