'use client';

import { useRouter } from 'next/navigation';
import { useTransition } from 'react';
import { Button } from './ui/button';

/** Has the server render the page anew. */
export function RefreshButton({ children }: { children: string }) {
  const router = useRouter();
  const [isPending, startTransition] = useTransition();
  return (
    <Button
      look="outline"
      size="small"
      busy={isPending}
      onClick={() => startTransition(() => router.refresh())}
    >
      {children}
    </Button>
  );
}
