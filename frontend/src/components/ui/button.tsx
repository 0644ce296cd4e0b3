import { cva, type VariantProps } from 'class-variance-authority';
import { LoaderCircle } from 'lucide-react';
import { Slot } from 'radix-ui';
import type { ComponentProps } from 'react';
import { classNames } from '@/lib/class-names';

const styles = cva(
  'inline-flex shrink-0 items-center justify-center gap-2 rounded-tile font-medium whitespace-nowrap transition-colors select-none disabled:opacity-60 aria-busy:cursor-progress',
  {
    variants: {
      look: {
        solid: 'bg-accent text-on-accent hover:bg-accent-strong',
        outline: 'border border-line-strong/60 bg-surface hover:border-line-strong hover:bg-sunken',
        quiet: 'text-ink-soft hover:bg-sunken hover:text-ink',
        danger: 'bg-bad text-on-accent hover:opacity-90',
      },
      size: {
        normal: 'h-11 px-4 text-[0.9375rem]',
        small: 'h-9 px-3 text-sm',
        icon: 'size-10 [&_svg]:size-4',
      },
    },
    defaultVariants: { look: 'solid', size: 'normal' },
  },
);

interface ButtonProps extends ComponentProps<'button'>, VariantProps<typeof styles> {
  /** Renders its one child, a link for instance, with the looks of a button. */
  asChild?: boolean;
  /** Under way: shows it, and takes no second press. */
  busy?: boolean;
}

export function Button({ asChild, busy, look, size, className, children, ...props }: ButtonProps) {
  const shared = { className: classNames(styles({ look, size }), className) };
  if (asChild) {
    return (
      <Slot.Root {...shared} {...props}>
        {children}
      </Slot.Root>
    );
  }
  return (
    <button type="button" {...shared} {...props} aria-busy={busy} disabled={busy || props.disabled}>
      {busy && <LoaderCircle aria-hidden className="size-4 animate-spin" />}
      {children}
    </button>
  );
}
