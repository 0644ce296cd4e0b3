import type { ActivityItem } from '@/lib/auth/recent-activity';

type Sentences = Partial<Record<ActivityItem['kind'], string>>;

const SUCCESSES: Sentences = {
  sign_up: 'Account created',
  sign_in: 'Signed in',
  sign_out: 'Signed out',
  session_ended: 'A device was signed out',
  session_revoked: 'A session ended',
  password_changed: 'Password changed',
  password_reset_requested: 'Somebody asked for a link to set a new password',
  password_reset: 'New password set by the link of a mail',
  email_verified: 'E-mail confirmed',
};

const FAILURES: Sentences = {
  sign_up: 'Somebody tried to create an account with your e-mail',
  sign_in: 'Sign-in with a wrong password',
  password_changed: 'Password change with a wrong current password',
  rate_limited: 'Sign-in refused after too many wrong passwords',
};

const REASONS: Partial<Record<string, string>> = {
  banned: 'Sign-in refused: the account is suspended',
  email_not_verified: 'Sign-in refused: the e-mail is not confirmed yet',
};

/** What happened, as one would say it. */
export function activitySentence({ kind, outcome, reason }: ActivityItem): string {
  if (outcome === 'success') return SUCCESSES[kind] ?? inPlainWords(kind);
  return REASONS[reason ?? ''] ?? FAILURES[kind] ?? `${inPlainWords(kind)}: refused`;
}

/** For what is not in these lists. */
function inPlainWords(kind: string): string {
  const words = kind.replaceAll('_', ' ');
  return words.charAt(0).toUpperCase() + words.slice(1);
}
