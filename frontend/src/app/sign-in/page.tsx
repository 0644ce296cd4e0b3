import type { Metadata } from 'next';
import { Notice } from '@/components/ui/notice';
import { AuthFrame } from '@/features/auth/auth-frame';
import { requireVisitor } from '@/features/auth/require-session';
import { SignInForm } from '@/features/auth/sign-in-form';
import { TextLink } from '@/features/auth/text-link';
import { webEnvironment } from '@/lib/env';
import { hasMailPage } from '@/lib/mail-page';
import { safeReturnPath } from '@/lib/return-path';

export const metadata: Metadata = { title: 'Sign in' };

/** Why somebody who was in is at the door again. */
const REASONS = new Map([
  ['signed-out', 'You are signed out, in every tab.'],
  [
    'ended',
    'You were signed out from another device, or because your password was changed. Sign in to go on where you were.',
  ],
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
          <TextLink href={`/sign-up?return=${encodeURIComponent(returnPath)}`}>
            Create an account
          </TextLink>
        </>
      }
    >
      {reason !== undefined && <Notice tone="info">{reason}</Notice>}
      <SignInForm returnPath={returnPath} hasMailPage={hasMailPage(webEnvironment())} />
    </AuthFrame>
  );
}
