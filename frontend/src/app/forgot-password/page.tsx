import type { Metadata } from 'next';
import { AuthFrame } from '@/features/auth/auth-frame';
import { ForgotPasswordForm } from '@/features/auth/forgot-password-form';
import { TextLink } from '@/features/auth/text-link';
import { webEnvironment } from '@/lib/env';
import { hasMailPage } from '@/lib/mail-page';

export const metadata: Metadata = { title: 'Forgot your password' };

export default function ForgotPasswordPage() {
  return (
    <AuthFrame
      title="Forgot your password?"
      lead={
        <>
          We send you a link to set a new one. <TextLink href="/sign-in">Back to sign-in</TextLink>
        </>
      }
    >
      <ForgotPasswordForm hasMailPage={hasMailPage(webEnvironment())} />
    </AuthFrame>
  );
}
