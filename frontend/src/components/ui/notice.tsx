import { CircleAlert, Info } from 'lucide-react';
import type { ReactNode } from 'react';
import { classNames } from '@/lib/class-names';

interface NoticeProps {
  tone: 'bad' | 'info';
  children: ReactNode;
  /** What one can do about it. */
  action?: ReactNode;
}

/** A sentence that stays until it no longer holds. */
export function Notice({ tone, children, action }: NoticeProps) {
  const Icon = tone === 'bad' ? CircleAlert : Info;
  return (
    <div
      role={tone === 'bad' ? 'alert' : 'status'}
      className={classNames(
        'flex animate-appear flex-wrap items-center gap-x-3 gap-y-2 rounded-tile border px-3.5 py-2.5 text-[0.9375rem]',
        tone === 'bad' ? 'border-bad/40 bg-bad-soft' : 'border-line bg-sunken',
      )}
    >
      <Icon
        aria-hidden
        className={classNames('size-5 shrink-0', tone === 'bad' ? 'text-bad' : 'text-ink-soft')}
      />
      <div className="min-w-0 flex-1 basis-48">{children}</div>
      {action}
    </div>
  );
}
