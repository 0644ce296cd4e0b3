import type { Metadata } from 'next';
import { AccountPage } from '@/features/account/account-page';
import { ChangePasswordForm } from '@/features/account/change-password-form';
import { webEnvironment } from '@/lib/env';

export const metadata: Metadata = { title: 'Password' };

export default function PasswordPage() {
  return (
    <AccountPage
      path="/account/password"
      lead="A new password signs out every other device. You stay signed in here."
    >
      {() => <ChangePasswordForm policy={webEnvironment().passwordPolicy} />}
    </AccountPage>
  );
}
