import Link from 'next/link';
import type { ComponentProps } from 'react';

/** A link inside a sentence. */
export function TextLink(props: ComponentProps<typeof Link>) {
  return (
    <Link
      className="rounded-tile font-medium whitespace-nowrap text-accent underline underline-offset-4"
      {...props}
    />
  );
}
