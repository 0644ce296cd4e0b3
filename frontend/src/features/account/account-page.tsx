import type { ReactNode } from 'react';
import { UnavailablePage } from '@/components/unavailable-page';
import type { SessionUser } from '@/features/auth/load-session';
import { requireSession } from '@/features/auth/require-session';
import { AppFrame } from '@/features/session/app-frame';
import { classNames } from '@/lib/class-names';

const TABS = [
  { path: '/account/sessions', name: 'Devices' },
  { path: '/account/activity', name: 'Activity' },
  { path: '/account/password', name: 'Password' },
] as const;

interface AccountPageProps {
  path: (typeof TABS)[number]['path'];
  /** What the page is for, in a sentence. */
  lead: string;
  children: (user: SessionUser) => ReactNode;
}

/** A page about the account of whoever is signed in; the gate comes with the frame. */
export async function AccountPage({ path, lead, children }: AccountPageProps) {
  const user = await requireSession(path);
  if (user === 'unavailable') return <UnavailablePage />;
  return (
    <AppFrame user={user}>
      <main
        tabIndex={-1}
        className="mx-auto grid max-w-3xl gap-7 px-4 py-8 outline-none sm:px-6 sm:py-12"
      >
        <header className="grid gap-5">
          <h1 className="text-3xl font-semibold sm:text-4xl">Your account</h1>
          <nav aria-label="Account" className="border-b border-line">
            <ul className="-mb-px flex gap-6">
              {TABS.map((tab) => (
                <li key={tab.path}>
                  {/* A full load: the router would keep this page for the back button. */}
                  <a
                    href={tab.path}
                    aria-current={tab.path === path ? 'page' : undefined}
                    className={classNames(
                      'block border-b-2 border-transparent py-2.5 font-medium text-ink-soft hover:text-ink',
                      'aria-[current=page]:border-accent aria-[current=page]:text-ink',
                    )}
                  >
                    {tab.name}
                  </a>
                </li>
              ))}
            </ul>
          </nav>
          <p className="text-ink-soft">{lead}</p>
        </header>
        {children(user)}
      </main>
    </AppFrame>
  );
}
