'use client';

import { differenceInSeconds, format, formatDistanceToNow } from 'date-fns';
import { useHydrated } from '@/lib/use-hydrated';

interface MomentProps {
  /** ISO 8601. */
  at: string;
  /** `relative`: how long ago. `day`: the date. */
  as: 'relative' | 'day';
}

/** A point in time as people say it, with the exact one for who wants it. */
export function Moment({ at, as }: MomentProps) {
  // The server knows neither the clock nor the time zone that one looks at.
  const hydrated = useHydrated();
  if (!hydrated) return <time dateTime={at}>{at.slice(0, 10)}</time>;
  return (
    <time dateTime={at} title={format(at, 'd MMMM yyyy, HH:mm:ss')}>
      {as === 'relative' ? howLongAgo(at) : format(at, 'd MMM yyyy')}
    </time>
  );
}

function howLongAgo(at: string): string {
  // The clocks of server and browser differ a little; nothing happened in the future.
  if (differenceInSeconds(Date.now(), at) < 60) return 'just now';
  return formatDistanceToNow(at, { addSuffix: true });
}
