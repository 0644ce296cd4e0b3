import Link from 'next/link';
import type { ReactNode } from 'react';
import { Wordmark } from '@/components/wordmark';

interface AuthFrameProps {
  title: string;
  lead: ReactNode;
  children: ReactNode;
}

/** The door: a form on one side, the gate in mosaic on the other where there is room for it. */
export function AuthFrame({ title, lead, children }: AuthFrameProps) {
  return (
    <div className="grid min-h-dvh lg:grid-cols-[minmax(0,1fr)_minmax(0,46%)]">
      <div className="grid grid-rows-[auto_1fr] px-5 py-6 sm:px-10">
        <header className="flex">
          <Link href="/" className="rounded-tile">
            <Wordmark />
          </Link>
        </header>
        <main className="mx-auto grid w-full max-w-sm content-center gap-7 py-10">
          <header className="grid gap-2">
            <h1 className="text-[2rem] leading-tight font-semibold">{title}</h1>
            <p className="text-ink-soft">{lead}</p>
          </header>
          {children}
        </main>
      </div>
      <div
        aria-hidden
        className="hidden border-l border-line bg-[url(/mosaic.svg)] bg-cover bg-center lg:block"
      />
    </div>
  );
}
