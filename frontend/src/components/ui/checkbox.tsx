import { Check } from 'lucide-react';
import { Checkbox as Radix } from 'radix-ui';
import type { ComponentProps } from 'react';
import { classNames } from '@/lib/class-names';

/** A tile that is set when done. */
export function Checkbox({ className, ...props }: ComponentProps<typeof Radix.Root>) {
  return (
    <Radix.Root
      className={classNames(
        'relative grid size-6 shrink-0 place-items-center rounded-tile border-[1.5px] border-line-strong bg-surface transition-colors',
        // The target is larger than the tile: a thumb is no cursor.
        'after:absolute after:-inset-2.5',
        'hover:border-accent data-[state=checked]:border-good data-[state=checked]:bg-good data-[state=checked]:text-paper',
        className,
      )}
      {...props}
    >
      <Radix.Indicator>
        <Check aria-hidden strokeWidth={3} className="size-4" />
      </Radix.Indicator>
    </Radix.Root>
  );
}
