'use client';

import { useEffect, useState } from 'react';

/** How long there still is to wait, second by second; for screen readers once, as it begins. */
export function Countdown({ seconds }: { seconds: number }) {
  const [endsAt] = useState(() => Date.now() + seconds * 1_000);
  const [left, setLeft] = useState(seconds);
  useEffect(() => {
    const timer = setInterval(() => {
      // By the clock: a tab in the background ticks late.
      const rest = Math.max(0, Math.ceil((endsAt - Date.now()) / 1_000));
      setLeft(rest);
      if (rest === 0) clearInterval(timer);
    }, 250);
    return () => clearInterval(timer);
  }, [endsAt]);
  if (left === 0) return 'You can try again now.';
  return (
    <>
      <span className="sr-only">Try again in {inWords(seconds)}.</span>
      <span aria-hidden className="tabular-nums">
        Try again in {inWords(left)}.
      </span>
    </>
  );
}

function inWords(seconds: number): string {
  const [minutes, rest] = [Math.floor(seconds / 60), seconds % 60];
  if (minutes === 0) return `${rest} ${rest === 1 ? 'second' : 'seconds'}`;
  return `${minutes} min ${rest} s`;
}
