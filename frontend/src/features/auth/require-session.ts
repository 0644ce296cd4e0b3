import 'server-only';
import { redirect } from 'next/navigation';
import { setPageStatus } from '@/lib/page-status';
import { HOME_PATH, signInPath } from '@/lib/return-path';
import { loadSession, type SessionUser } from './load-session';

/**
 * Gate of a protected page: whose it is, or `unavailable` while the database cannot say. Without a
 * session it redirects to sign-in, which comes back to `path`.
 */
export async function requireSession(path: string): Promise<SessionUser | 'unavailable'> {
  const session = await loadSession();
  // Without any cookie one does not come this far (proxy.ts): there was a session.
  if (session.state === 'unauthenticated') redirect(signInPath(path, 'expired'));
  if (session.state === 'authenticated') return session.user;
  setPageStatus(503);
  return 'unavailable';
}

/** Gate of the pages for visitors: who is signed in already goes on to the app. */
export async function requireVisitor(): Promise<void> {
  const session = await loadSession();
  if (session.state === 'authenticated') redirect(HOME_PATH);
}
