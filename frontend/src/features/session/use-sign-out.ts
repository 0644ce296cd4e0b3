'use client';

import { useState } from 'react';
import { toast } from 'sonner';
import { authClient } from '@/lib/auth-client';
import { useSession } from './session-provider';

/** Ends the session on the server first: only when its row is gone is the user signed out. */
export function useSignOut() {
  const { session } = useSession();
  const [busy, setBusy] = useState(false);

  const signOut = async () => {
    if (session === undefined) return;
    setBusy(true);
    const outcome = await authClient.signOut();
    if (outcome.kind === 'done') return session.accessToken.signedOut();
    setBusy(false);
    toast.error('You are still signed in: Tessera cannot be reached right now. Try again.');
  };
  return { busy, signOut: () => void signOut() };
}
