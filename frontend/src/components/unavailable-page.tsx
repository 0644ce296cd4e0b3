'use client';

import { useRouter } from 'next/navigation';
import { useEffect, useTransition } from 'react';
import { MessagePage } from './message-page';
import { Button } from './ui/button';

const AGAIN_MS = 5_000;

/** The database cannot say who this is. Nobody is signed out by that: it tries again by itself. */
export function UnavailablePage() {
  const router = useRouter();
  const [isPending, startTransition] = useTransition();
  useEffect(() => {
    const timer = setInterval(() => router.refresh(), AGAIN_MS);
    return () => clearInterval(timer);
  }, [router]);
  return (
    <MessagePage
      title="We will be right back"
      action={
        <Button busy={isPending} onClick={() => startTransition(() => router.refresh())}>
          Try again
        </Button>
      }
    >
      Tessera cannot reach its database right now. That signs nobody out, and this page goes on by
      itself as soon as it can.
    </MessagePage>
  );
}
