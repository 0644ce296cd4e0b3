import type { Metadata } from 'next';
import { AuthFrame } from '@/features/auth/auth-frame';
import { VerifyEmail } from '@/features/auth/verify-email';

export const metadata: Metadata = { title: 'Confirm your e-mail', referrer: 'no-referrer' };

export default function VerifyEmailPage() {
  return (
    <AuthFrame title="Confirm your e-mail" lead="One press, and the address is known to be yours.">
      <VerifyEmail />
    </AuthFrame>
  );
}
