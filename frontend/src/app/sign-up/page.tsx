import type { Metadata } from 'next';
import Link from 'next/link';
import { AuthFrame } from '@/features/auth/auth-frame';
import { requireVisitor } from '@/features/auth/require-session';
import { SignUpForm } from '@/features/auth/sign-up-form';
import { safeReturnPath } from '@/lib/return-path';

export const metadata: Metadata = { title: 'Create an account' };

export default async function SignUpPage({ searchParams }: PageProps<'/sign-up'>) {
  await requireVisitor();
  const returnPath = safeReturnPath((await searchParams).return);
  return (
    <AuthFrame
      title="Create your account"
      lead={
        <>
          Have an account?{' '}
          <Link
            href={`/sign-in?return=${encodeURIComponent(returnPath)}`}
            className="font-medium text-accent underline underline-offset-4"
          >
            Sign in
          </Link>
        </>
      }
    >
      <SignUpForm returnPath={returnPath} />
    </AuthFrame>
  );
}
