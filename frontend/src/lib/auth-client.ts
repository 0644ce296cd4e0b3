import type { FieldError } from './api-problem';

/** What became of a form that was sent to the issuer. */
export type AuthOutcome =
  | { kind: 'done' }
  | { kind: 'refused'; status: number; code: string; message: string; errors: FieldError[] }
  | { kind: 'too many'; waitSeconds: number }
  | { kind: 'unavailable' };

const PATIENCE_MS = 20_000;

export const authClient = {
  signUp: (form: { name: string; email: string; password: string }) => post('/sign-up/email', form),
  signIn: (form: { email: string; password: string }) => post('/sign-in/email', form),
  signOut: () => post('/sign-out', {}),

  /**
   * Lets the session slide, and says whose it is. Only a call of the browser can: a page that is being
   * rendered could extend the session but not set the longer cookie.
   */
  async slideSession(): Promise<{ userId: string | undefined } | 'unavailable'> {
    try {
      const answer = await fetch('/api/auth/get-session', {
        cache: 'no-store',
        signal: AbortSignal.timeout(PATIENCE_MS),
      });
      if (!answer.ok) return 'unavailable';
      const session: { user: { id: string } } | null = await answer.json();
      return { userId: session?.user.id };
    } catch {
      return 'unavailable';
    }
  },
};

async function post(path: string, form: Record<string, string>): Promise<AuthOutcome> {
  try {
    const answer = await fetch(`/api/auth${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(form),
      signal: AbortSignal.timeout(PATIENCE_MS),
    });
    if (answer.ok) return { kind: 'done' };
    if (answer.status >= 500) return { kind: 'unavailable' };
    if (answer.status === 429) {
      return { kind: 'too many', waitSeconds: Number(answer.headers.get('retry-after') ?? 60) };
    }
    const { code = '', message = '', errors = [] } = await answer.json();
    return { kind: 'refused', status: answer.status, code, message, errors };
  } catch {
    return { kind: 'unavailable' };
  }
}
