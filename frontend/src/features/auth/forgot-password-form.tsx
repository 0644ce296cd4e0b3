'use client';

import { zodResolver } from '@hookform/resolvers/zod';
import { useState } from 'react';
import { useForm } from 'react-hook-form';
import { Button } from '@/components/ui/button';
import { authClient, type AuthOutcome } from '@/lib/auth-client';
import { useHydrated } from '@/lib/use-hydrated';
import { forgotPasswordForm, type ForgotPasswordForm as Values } from './credential-forms';
import { EmailField } from './email-field';
import { MailSent } from './mail-sent';
import { OutcomeNotice } from './outcome-notice';

/** Says the same whether there is such an account or not (FR-007). */
export function ForgotPasswordForm({ hasMailPage }: { hasMailPage: boolean }) {
  const form = useForm<Values>({ resolver: zodResolver(forgotPasswordForm), mode: 'onTouched' });
  const { errors, isSubmitting } = form.formState;
  const [outcome, setOutcome] = useState<AuthOutcome>();
  const hydrated = useHydrated();
  const submit = form.handleSubmit(async (values) => {
    setOutcome(undefined);
    setOutcome(await authClient.requestPasswordReset(values));
  });

  if (outcome?.kind === 'done') {
    const email = form.getValues('email');
    return (
      <MailSent hasMailPage={hasMailPage} resend={() => authClient.requestPasswordReset({ email })}>
        If there is an account for <b className="break-words">{email}</b>, a link to set a new
        password is on its way to it.
      </MailSent>
    );
  }
  return (
    <form method="post" noValidate onSubmit={(event) => void submit(event)} className="grid gap-5">
      <OutcomeNotice outcome={outcome} />
      <EmailField {...form.register('email')} error={errors.email?.message} />
      <Button type="submit" disabled={!hydrated} busy={isSubmitting}>
        Send me a link
      </Button>
    </form>
  );
}
