import type { ComponentProps } from 'react';
import { classNames } from '@/lib/class-names';

const STYLE =
  'w-full rounded-tile border border-line-strong/70 bg-surface px-3 text-base transition-colors placeholder:text-ink-soft/80 hover:border-line-strong focus-visible:border-accent focus-visible:outline-1 focus-visible:outline-offset-0 aria-invalid:border-bad aria-invalid:outline-bad';

export function Input({ className, ...props }: ComponentProps<'input'>) {
  return <input className={classNames(STYLE, 'h-11', className)} {...props} />;
}

export function Textarea({ className, ...props }: ComponentProps<'textarea'>) {
  return <textarea className={classNames(STYLE, 'min-h-28 py-2.5', className)} {...props} />;
}
