import 'server-only';
import { headers } from 'next/headers';
import { cache } from 'react';
import { authInstance } from '@/lib/auth/auth-instance';
import { observeDatabase } from '@/lib/auth/database-observer';

export interface SessionUser {
  id: string;
  name: string;
  email: string;
  /** When the session ends if nothing happens, in milliseconds. */
  sessionEndsAt: number;
}

export type LoadedSession =
  | { state: 'authenticated'; user: SessionUser }
  | { state: 'unauthenticated' }
  /** The database cannot say. Never to be taken for "unauthenticated". */
  | { state: 'unavailable' };

/** Reads the session of the request from the database, once per request, and leaves its life alone. */
export const loadSession = cache(async (): Promise<LoadedSession> => {
  const query = { disableRefresh: true };
  const requestHeaders = await headers();
  const { outcome, observation } = await observeDatabase(() =>
    authInstance().api.getSession({ headers: requestHeaders, query }),
  );
  if (observation.outage) return { state: 'unavailable' };
  if (outcome.status === 'rejected') throw outcome.reason;
  if (outcome.value === null) return { state: 'unauthenticated' };
  const { user, session } = outcome.value;
  const { id, name, email } = user;
  const sessionEndsAt = session.expiresAt.getTime();
  return { state: 'authenticated', user: { id, name, email, sessionEndsAt } };
});
