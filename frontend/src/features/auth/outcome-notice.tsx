import { Notice } from '@/components/ui/notice';
import type { AuthOutcome } from '@/lib/auth-client';

/** What became of the form, where it is no single field's fault. */
export function OutcomeNotice({ outcome }: { outcome: AuthOutcome | undefined }) {
  if (outcome === undefined || outcome.kind === 'done') return null;
  return <Notice tone="bad">{sentenceFor(outcome)}</Notice>;
}

function sentenceFor(outcome: Exclude<AuthOutcome, { kind: 'done' }>): string {
  if (outcome.kind === 'unavailable') {
    return 'We cannot reach Tessera right now. What you typed is still here: try again in a moment.';
  }
  if (outcome.kind === 'too many') {
    return `Too many attempts from here. Try again in ${outcome.waitSeconds} seconds.`;
  }
  if (outcome.status === 401) return 'The e-mail or the password is wrong.';
  return outcome.message || 'This was refused. Check what you typed and try again.';
}
