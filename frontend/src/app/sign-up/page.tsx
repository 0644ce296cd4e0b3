import type { Metadata } from 'next';
import { AuthFrame } from '@/features/auth/auth-frame';
import { requireVisitor } from '@/features/auth/require-session';
import { SignUpForm } from '@/features/auth/sign-up-form';
import { TextLink } from '@/features/auth/text-link';
import { webEnvironment } from '@/lib/env';
import { hasMailPage } from '@/lib/mail-page';
import { safeReturnPath } from '@/lib/return-path';

export const metadata: Metadata = { title: 'Create an account' };

export default async function SignUpPage({ searchParams }: PageProps<'/sign-up'>) {
  await requireVisitor();
  const environment = webEnvironment();
  const returnPath = safeReturnPath((await searchParams).return);
  return (
    <AuthFrame
      title="Create your account"
      lead={
        <>
          Have an account?{' '}
          <TextLink href={`/sign-in?return=${encodeURIComponent(returnPath)}`}>Sign in</TextLink>
        </>
      }
    >
      <SignUpForm
        returnPath={returnPath}
        policy={environment.passwordPolicy}
        hasMailPage={hasMailPage(environment)}
      />
    </AuthFrame>
  );
}
