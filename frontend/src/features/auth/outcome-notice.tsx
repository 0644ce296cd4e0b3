import type { ReactNode } from 'react';
import { Notice } from '@/components/ui/notice';
import type { AuthFailure, AuthOutcome } from '@/lib/auth-client';
import { Countdown } from './countdown';

interface OutcomeNoticeProps {
  outcome: AuthOutcome | undefined;
  /** What one can do about it. */
  action?: ReactNode;
}

/** What became of the form, where it is no single field's fault. */
export function OutcomeNotice({ outcome, action }: OutcomeNoticeProps) {
  if (outcome === undefined || outcome.kind === 'done') return null;
  return (
    <Notice tone="bad" action={action}>
      {sentenceFor(outcome)}
    </Notice>
  );
}

function sentenceFor(failure: AuthFailure): ReactNode {
  switch (failure.kind) {
    case 'unavailable':
      return 'We cannot reach Tessera right now. What you typed is still here: try again in a moment.';
    case 'busy':
      return (
        <>
          Tessera is very busy right now. What you typed is still here.{' '}
          <Countdown seconds={failure.waitSeconds} />
        </>
      );
    case 'too many':
      return (
        <>
          Too many attempts. <Countdown seconds={failure.waitSeconds} />
        </>
      );
    default:
      if (failure.status === 401) return 'The e-mail or the password is wrong.';
      return failure.message || 'This was refused. Check what you typed and try again.';
  }
}
