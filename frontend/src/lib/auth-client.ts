import type { FieldError } from './api-problem';
import type { DeviceSession } from './device-session';

/** What became of what was asked of the issuer. */
export type AuthOutcome<T = unknown> =
  | { kind: 'done'; answer: T }
  | { kind: 'refused'; status: number; code: string; message: string; errors: FieldError[] }
  | { kind: 'too many'; waitSeconds: number }
  /** Everything runs, but more people want in than it can take at once. */
  | { kind: 'busy'; waitSeconds: number }
  | { kind: 'unavailable' };

export type AuthFailure = Exclude<AuthOutcome, { kind: 'done' }>;

const PATIENCE_MS = 20_000;

/** Never throws: whatever happens is an outcome. */
export const authClient = {
  signUp: (form: { name: string; email: string; password: string }) =>
    post<{ verificationRequired?: boolean }>('/sign-up/email', form),
  signIn: (form: { email: string; password: string }) => post('/sign-in/email', form),
  signOut: () => post('/sign-out', {}),

  requestPasswordReset: (form: { email: string }) => post('/request-password-reset', form),
  resetPassword: (form: { token: string; newPassword: string }) => post('/reset-password', form),
  sendVerificationEmail: (form: { email: string }) => post('/send-verification-email', form),
  verifyEmail: (form: { token: string }) => post('/verify-email', form),
  changePassword: (form: { currentPassword: string; newPassword: string }) =>
    post('/change-password', form),

  listSessions: () => ask<{ sessions: DeviceSession[] }>('/sessions', {}),
  endSession: (form: { id: string }) => post('/sessions/end', form),
  endOtherSessions: () => post<{ ended: number }>('/sessions/end-others', {}),

  /**
   * Lets the session slide, and says whose it is. Only a call of the browser can: a page that is being
   * rendered could extend the session but not set the longer cookie.
   */
  async slideSession(): Promise<{ userId: string | undefined } | 'unavailable'> {
    const outcome = await ask<{ user: { id: string } } | null>('/get-session', {});
    return outcome.kind === 'done' ? { userId: outcome.answer?.user.id } : 'unavailable';
  },
};

function post<T>(path: string, form: Record<string, string>): Promise<AuthOutcome<T>> {
  return ask<T>(path, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(form),
  });
}

async function ask<T>(path: string, init: RequestInit): Promise<AuthOutcome<T>> {
  try {
    const signal = AbortSignal.timeout(PATIENCE_MS);
    const answer = await fetch(`/api/auth${path}`, { ...init, cache: 'no-store', signal });
    if (answer.ok) return { kind: 'done', answer: await answer.json() };
    const waitSeconds = Number(answer.headers.get('retry-after')) || 60;
    if (answer.status === 429) return { kind: 'too many', waitSeconds };
    const { code = '', message = '', errors = [] } = await answer.json();
    if (code === 'OVERLOADED') return { kind: 'busy', waitSeconds };
    if (answer.status >= 500) return { kind: 'unavailable' };
    return { kind: 'refused', status: answer.status, code, message, errors };
  } catch {
    return { kind: 'unavailable' };
  }
}
