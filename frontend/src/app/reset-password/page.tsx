import type { Metadata } from 'next';
import { AuthFrame } from '@/features/auth/auth-frame';
import { ResetPassword } from '@/features/auth/reset-password';
import { webEnvironment } from '@/lib/env';

export const metadata: Metadata = { title: 'Set a new password', referrer: 'no-referrer' };

export default function ResetPasswordPage() {
  return (
    <AuthFrame title="Set a new password" lead="It takes the place of the old one everywhere.">
      <ResetPassword policy={webEnvironment().passwordPolicy} />
    </AuthFrame>
  );
}
