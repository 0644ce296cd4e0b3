'use client';

import { Wordmark } from '@/components/wordmark';
import { UserMenu } from './user-menu';

export function AppHeader() {
  return (
    <header className="sticky top-0 z-20 border-b border-line bg-paper/90 backdrop-blur-sm">
      <div className="mx-auto flex h-16 max-w-3xl items-center justify-between gap-4 px-4 sm:px-6">
        {/* oxlint-disable-next-line nextjs/no-html-link-for-pages -- a full load: the router would keep this page, name and all, for the back button */}
        <a href="/" className="rounded-tile" aria-label="Tessera, start page">
          <Wordmark />
        </a>
        <UserMenu />
      </div>
    </header>
  );
}
