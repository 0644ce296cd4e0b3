'use client';

import { zodResolver } from '@hookform/resolvers/zod';
import { useState } from 'react';
import { useForm } from 'react-hook-form';
import { Button } from '@/components/ui/button';
import { authClient, type AuthOutcome } from '@/lib/auth-client';
import { useHydrated } from '@/lib/use-hydrated';
import { signInForm, type SignInForm } from './credential-forms';
import { EmailField } from './email-field';
import { MailSent } from './mail-sent';
import { OutcomeNotice } from './outcome-notice';
import { PasswordField } from './password-field';
import { TextLink } from './text-link';
import { untilThePageIsGone } from './until-the-page-is-gone';

interface SignInFormProps {
  returnPath: string;
  hasMailPage: boolean;
}

/** Says the same whether the e-mail is unknown or the password wrong (US2, FR-007). */
export function SignInForm({ returnPath, hasMailPage }: SignInFormProps) {
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

  const isUnverified = outcome?.kind === 'refused' && outcome.code === 'EMAIL_NOT_VERIFIED';
  const email = form.getValues('email');
  return (
    <form method="post" noValidate onSubmit={(event) => void submit(event)} className="grid gap-5">
      {isUnverified ? (
        <MailSent
          hasMailPage={hasMailPage}
          resend={() => authClient.sendVerificationEmail({ email })}
        >
          Confirm first that <b className="break-words">{email}</b> is yours: open the link in our
          mail, then sign in here.
        </MailSent>
      ) : (
        <OutcomeNotice outcome={outcome} />
      )}
      <EmailField {...form.register('email')} error={errors.email?.message} />
      <div className="grid gap-2">
        <PasswordField
          {...form.register('password')}
          error={errors.password?.message}
          autoComplete="current-password"
        />
        <TextLink
          href="/forgot-password"
          className="justify-self-start text-sm text-ink-soft underline underline-offset-4 hover:text-ink"
        >
          Forgot your password?
        </TextLink>
      </div>
      <Button type="submit" disabled={!hydrated} busy={isSubmitting}>
        Sign in
      </Button>
    </form>
  );
}
