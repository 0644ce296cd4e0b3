'use client';

import { QueryClientProvider } from '@tanstack/react-query';
import { createContext, type ReactNode, useContext, useEffect, useMemo, useState } from 'react';
import { flushSync } from 'react-dom';
import type { SessionUser } from '@/features/auth/load-session';
import type { EndReason } from '@/lib/access-token';
import { dropDraftsOfOthers } from '@/lib/drafts';
import { type ClientSession, createClientSession } from './client-session';
import { leave } from './leave';
import { watchSession } from './watch-session';

interface SessionContext {
  user: SessionUser;
  /** Absent until this tab has taken over from the server's rendering. */
  session: ClientSession | undefined;
}

const Context = createContext<SessionContext | undefined>(undefined);

interface SessionProviderProps {
  user: SessionUser;
  /** Known at run time only: one build serves any address. */
  apiUrl: string;
  children: ReactNode;
}

export function SessionProvider({ user, apiUrl, children }: SessionProviderProps) {
  const [session, setSession] = useState<ClientSession>();
  const [ended, setEnded] = useState(false);
  const { id: userId, sessionEndsAt } = user;

  useEffect(() => {
    const onEnd = (reason: EndReason) => {
      // Nothing private may be left in a page that the back button could bring up again.
      flushSync(() => setEnded(true));
      leave(reason);
    };
    dropDraftsOfOthers(userId);
    const created = createClientSession({ userId, sessionEndsAt, apiUrl, onEnd });
    const unwatch = watchSession(created);
    // oxlint-disable-next-line react/set-state-in-effect -- it holds timers and channels, which a server rendering must not
    setSession(created);
    return () => {
      unwatch();
      created.close();
    };
  }, [userId, sessionEndsAt, apiUrl]);

  const value = useMemo(() => ({ user, session }), [user, session]);
  if (ended) return null;
  return (
    <Context value={value}>
      {session === undefined ? (
        children
      ) : (
        <QueryClientProvider client={session.queries}>{children}</QueryClientProvider>
      )}
    </Context>
  );
}

export function useSession(): SessionContext {
  const context = useContext(Context);
  if (context === undefined) throw new Error('useSession needs a SessionProvider above it');
  return context;
}
