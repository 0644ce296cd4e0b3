import type { ReactNode } from 'react';
import { Toaster } from '@/components/ui/toaster';
import type { SessionUser } from '@/features/auth/load-session';
import { webEnvironment } from '@/lib/env';
import { AppHeader } from './app-header';
import { SessionProvider } from './session-provider';

/** What every page of a signed-in user has around it. */
export function AppFrame({ user, children }: { user: SessionUser; children: ReactNode }) {
  return (
    <SessionProvider user={user} apiUrl={webEnvironment().apiUrl}>
      <AppHeader />
      {children}
      <Toaster />
    </SessionProvider>
  );
}
