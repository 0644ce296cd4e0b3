import Link from 'next/link';
import { Button } from '@/components/ui/button';
import { Wordmark } from '@/components/wordmark';
import { loadSession } from '@/features/auth/load-session';

const PROMISES = [
  [
    'Yours alone',
    'Three locks, one behind the other, stand between your tasks and everybody else.',
  ],
  ['Shown, not kept', 'Your pass lives in this page’s memory and is gone when you close it.'],
  ['One door', 'Sign out once and every open tab is out, at once.'],
] as const;

export default async function LandingPage() {
  const session = await loadSession();
  const isSignedIn = session.state === 'authenticated';
  return (
    <div className="grid min-h-dvh max-lg:grid-rows-[auto_1fr] lg:grid-cols-[minmax(0,1fr)_minmax(0,46%)]">
      <div className="grid grid-rows-[auto_1fr] px-5 py-6 sm:px-10">
        <header className="flex items-center justify-between gap-4">
          <Wordmark />
          {!isSignedIn && (
            <Button asChild look="quiet" size="small">
              <Link href="/sign-in">Sign in</Link>
            </Button>
          )}
        </header>
        <main className="grid grid-rows-[1fr_auto]">
          <div className="grid max-w-xl content-center gap-8 py-12">
            <div className="grid gap-5">
              <h1 className="text-[clamp(2.5rem,7vw,4.25rem)] leading-[1.03] font-semibold">
                Show your tile. <span className="text-accent">Pass.</span>
              </h1>
              <p className="max-w-md text-lg text-ink-soft">
                A <i>tessera</i> was the token that a Roman sentry showed to be let through. Here it
                opens one thing: your own list of what there is to do.
              </p>
            </div>
            <div className="flex flex-wrap gap-3">
              {isSignedIn ? (
                <Button asChild>
                  {/* oxlint-disable-next-line nextjs/no-html-link-for-pages -- a full load, which the router does not keep for the back button */}
                  <a href="/tasks">Open your tasks</a>
                </Button>
              ) : (
                <Button asChild>
                  <Link href="/sign-up">Create an account</Link>
                </Button>
              )}
            </div>
          </div>
          <dl className="grid gap-x-8 gap-y-5 border-t border-line pt-6 sm:grid-cols-3">
            {PROMISES.map(([term, text]) => (
              <div key={term} className="grid content-start gap-1">
                <dt className="font-display font-semibold">{term}</dt>
                <dd className="text-sm text-ink-soft">{text}</dd>
              </div>
            ))}
          </dl>
        </main>
      </div>
      <div
        aria-hidden
        className="bg-[url(/mosaic.svg)] bg-cover bg-[center_56%] max-lg:order-first max-lg:h-40 sm:max-lg:h-56 lg:border-l lg:border-line"
      />
    </div>
  );
}
