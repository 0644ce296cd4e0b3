import type { ReactNode } from 'react';
import { Mark } from './mark';

interface MessagePageProps {
  title: string;
  children: ReactNode;
  action: ReactNode;
}

/** A whole page that has one thing to say and one thing to offer. */
export function MessagePage({ title, children, action }: MessagePageProps) {
  return (
    <main className="mx-auto grid min-h-dvh max-w-md content-center justify-items-start gap-5 px-6 py-12">
      <Mark className="size-10" />
      <h1 className="text-3xl font-semibold">{title}</h1>
      <p className="text-ink-soft">{children}</p>
      {action}
    </main>
  );
}
