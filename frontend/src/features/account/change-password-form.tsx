'use client';

import { zodResolver } from '@hookform/resolvers/zod';
import { useState } from 'react';
import { useForm, useWatch } from 'react-hook-form';
import { Button } from '@/components/ui/button';
import { Notice } from '@/components/ui/notice';
import {
  changePasswordForm,
  type ChangePasswordForm as Values,
} from '@/features/auth/credential-forms';
import { NewPasswordField } from '@/features/auth/new-password-field';
import { OutcomeNotice } from '@/features/auth/outcome-notice';
import { PasswordField } from '@/features/auth/password-field';
import { showErrors } from '@/features/auth/show-errors';
import { useSession } from '@/features/session/session-provider';
import { authClient, type AuthOutcome } from '@/lib/auth-client';
import type { PasswordPolicy } from '@/lib/password-policy';

/** Ends every other session; this browser goes on with a new one, and its tabs notice nothing. */
export function ChangePasswordForm({ policy }: { policy: PasswordPolicy }) {
  const { user, session } = useSession();
  const resolver = zodResolver(changePasswordForm(policy, user));
  const empty = { currentPassword: '', newPassword: '' };
  const form = useForm<Values>({ resolver, mode: 'onTouched', defaultValues: empty });
  const { errors, isSubmitting } = form.formState;
  const [outcome, setOutcome] = useState<AuthOutcome>();
  const password = useWatch({ control: form.control, name: 'newPassword' });

  const submit = form.handleSubmit(async (values) => {
    if (session === undefined) return;
    setOutcome(undefined);
    const { accessToken } = session;
    const result = await accessToken.whileSessionIsReplaced(() =>
      authClient.changePassword(values),
    );
    const isOver = result.kind === 'refused' && result.status === 401;
    // A token of the new session, for all tabs; or what became of the old one.
    if (isOver || result.kind === 'done') await accessToken.recheck().catch(() => undefined);
    if (isOver) return;
    if (result.kind === 'done') form.reset();
    else if (showErrors(form, ['currentPassword', 'newPassword'], result)) return;
    setOutcome(result);
  });

  return (
    <form
      method="post"
      noValidate
      onSubmit={(event) => void submit(event)}
      className="grid max-w-md gap-5"
    >
      {outcome?.kind === 'done' ? (
        <Notice tone="info">
          Your password is changed. Every other device was signed out; this one stays signed in.
        </Notice>
      ) : (
        <OutcomeNotice outcome={outcome} />
      )}
      {/* For password managers, which keep a password by its account. */}
      <input type="text" autoComplete="username" value={user.email} readOnly hidden />
      <PasswordField
        {...form.register('currentPassword')}
        label="Current password"
        error={errors.currentPassword?.message}
        autoComplete="current-password"
      />
      <NewPasswordField
        {...form.register('newPassword')}
        policy={policy}
        password={password}
        context={user}
        error={errors.newPassword?.message}
      />
      <Button
        type="submit"
        className="justify-self-start"
        disabled={session === undefined}
        busy={isSubmitting}
      >
        Change the password
      </Button>
    </form>
  );
}
