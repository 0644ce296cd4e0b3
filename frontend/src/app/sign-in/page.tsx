import type { Metadata } from 'next';
import Link from 'next/link';
import { Notice } from '@/components/ui/notice';
import { AuthFrame } from '@/features/auth/auth-frame';
import { requireVisitor } from '@/features/auth/require-session';
import { SignInForm } from '@/features/auth/sign-in-form';
import { safeReturnPath } from '@/lib/return-path';

export const metadata: Metadata = { title: 'Sign in' };

/** Why somebody who was in is at the door again. */
const REASONS = new Map([
  ['signed-out', 'You are signed out, in every tab.'],
  ['expired', 'Your session has ended. Sign in to go on where you were.'],
]);

export default async function SignInPage({ searchParams }: PageProps<'/sign-in'>) {
  await requireVisitor();
  const parameters = await searchParams;
  const returnPath = safeReturnPath(parameters.return);
  const reason = REASONS.get(String(parameters['reason']));
  return (
    <AuthFrame
      title="Welcome back"
      lead={
        <>
          New here?{' '}
          <Link
            href={`/sign-up?return=${encodeURIComponent(returnPath)}`}
            className="font-medium text-accent underline underline-offset-4"
          >
            Create an account
          </Link>
        </>
      }
    >
      {reason !== undefined && <Notice tone="info">{reason}</Notice>}
      <SignInForm returnPath={returnPath} />
    </AuthFrame>
  );
}
