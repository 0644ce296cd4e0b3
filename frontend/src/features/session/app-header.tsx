'use client';

import { Wordmark } from '@/components/wordmark';
import { useSession } from './session-provider';
import { SignOutButton } from './sign-out-button';

/** Who is signed in, and the way out. */
export function AppHeader() {
  const { user } = useSession();
  return (
    <header className="sticky top-0 z-20 border-b border-line bg-paper/90 backdrop-blur-sm">
      <div className="mx-auto flex h-16 max-w-3xl items-center justify-between gap-4 px-4 sm:px-6">
        {/* oxlint-disable-next-line nextjs/no-html-link-for-pages -- a full load: the router would keep this page, name and all, for the back button */}
        <a href="/" className="rounded-tile" aria-label="Tessera, start page">
          <Wordmark />
        </a>
        <div className="flex min-w-0 items-center gap-3 sm:gap-4">
          <div className="min-w-0 text-right leading-tight">
            <div className="truncate text-sm font-medium">{user.name}</div>
            <div className="truncate text-xs text-ink-soft">{user.email}</div>
          </div>
          <SignOutButton />
        </div>
      </div>
    </header>
  );
}
