'use client';

import { zodResolver } from '@hookform/resolvers/zod';
import { useState } from 'react';
import { useForm, useWatch } from 'react-hook-form';
import { Button } from '@/components/ui/button';
import { Notice } from '@/components/ui/notice';
import { authClient, type AuthOutcome } from '@/lib/auth-client';
import type { PasswordPolicy } from '@/lib/password-policy';
import { resetPasswordForm, type ResetPasswordForm as Values } from './credential-forms';
import { NewPasswordField } from './new-password-field';
import { OutcomeNotice } from './outcome-notice';
import { showErrors } from './show-errors';
import { TextLink } from './text-link';
import { useFragmentToken } from './use-fragment-token';

/** Sets a new password by the link of a mail; that ends every session of the account. */
export function ResetPassword({ policy }: { policy: PasswordPolicy }) {
  const token = useFragmentToken();
  // Another link, another form: what became of the one before says nothing.
  return token === null ? <SpentLink /> : <Form key={token} token={token} policy={policy} />;
}

interface FormProps {
  /** Undefined until it was looked for. */
  token: string | undefined;
  policy: PasswordPolicy;
}

function Form({ token, policy }: FormProps) {
  const resolver = zodResolver(resetPasswordForm(policy));
  const form = useForm<Values>({ resolver, mode: 'onTouched' });
  const { errors, isSubmitting } = form.formState;
  const [outcome, setOutcome] = useState<AuthOutcome>();
  const [spent, setSpent] = useState(false);
  const password = useWatch({ control: form.control, name: 'newPassword' }) ?? '';

  const submit = form.handleSubmit(async ({ newPassword }) => {
    if (token === undefined) return;
    setOutcome(undefined);
    const result = await authClient.resetPassword({ token, newPassword });
    if (result.kind === 'refused' && result.code === 'INVALID_TOKEN') setSpent(true);
    else if (result.kind === 'done' || !showErrors(form, ['newPassword'], result)) {
      setOutcome(result);
    }
  });

  if (spent) return <SpentLink />;
  if (outcome?.kind === 'done') {
    return (
      <>
        <Notice tone="info">
          Your password is changed, and every device is signed out. Sign in with the new one.
        </Notice>
        <Button asChild>
          {/* oxlint-disable-next-line nextjs/no-html-link-for-pages -- a full load: the token goes with this page's memory */}
          <a href="/sign-in">Sign in</a>
        </Button>
      </>
    );
  }
  return (
    <form method="post" noValidate onSubmit={(event) => void submit(event)} className="grid gap-5">
      <OutcomeNotice outcome={outcome} />
      <NewPasswordField
        {...form.register('newPassword')}
        policy={policy}
        password={password}
        error={errors.newPassword?.message}
      />
      <Button type="submit" disabled={token === undefined} busy={isSubmitting}>
        Set the password
      </Button>
    </form>
  );
}

function SpentLink() {
  return (
    <Notice tone="bad">
      This link does not work any more: each works once, and for a short time only.{' '}
      <TextLink href="/forgot-password">Get a new one</TextLink>
    </Notice>
  );
}
