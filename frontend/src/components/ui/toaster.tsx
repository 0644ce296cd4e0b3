'use client';

import { Toaster as Sonner } from 'sonner';

/** For what happened away from where one looks; everything else is said in place. */
export function Toaster() {
  return (
    <Sonner
      position="bottom-center"
      theme="system"
      toastOptions={{
        style: { background: 'var(--surface)', color: 'var(--ink)', borderColor: 'var(--line)' },
      }}
    />
  );
}
