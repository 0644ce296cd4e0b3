'use client';

import { LogOut } from 'lucide-react';
import { useState } from 'react';
import { toast } from 'sonner';
import { Button } from '@/components/ui/button';
import { authClient } from '@/lib/auth-client';
import { useSession } from './session-provider';

/** Ends the session on the server first: only when its row is gone is the user signed out. */
export function SignOutButton() {
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

  return (
    <Button
      look="outline"
      size="small"
      aria-label="Sign out"
      busy={busy}
      disabled={session === undefined}
      onClick={() => void signOut()}
      className="max-sm:size-10 max-sm:px-0"
    >
      {!busy && <LogOut aria-hidden className="size-4" />}
      <span className="max-sm:hidden">Sign out</span>
    </Button>
  );
}
