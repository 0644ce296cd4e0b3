import { DropdownMenu as Radix } from 'radix-ui';
import type { ComponentProps, ReactNode } from 'react';
import { classNames } from '@/lib/class-names';

interface MenuProps {
  /** The button that opens it. */
  trigger: ReactNode;
  children: ReactNode;
}

/** What one can choose from, by pointer, by arrow keys, or by first letters. */
export function Menu({ trigger, children }: MenuProps) {
  return (
    // Not modal: the page behind keeps its scroll bar, and its width.
    <Radix.Root modal={false}>
      <Radix.Trigger asChild>{trigger}</Radix.Trigger>
      <Radix.Portal>
        <Radix.Content
          align="end"
          sideOffset={8}
          collisionPadding={12}
          className="z-30 min-w-56 animate-appear rounded-panel border border-line bg-surface p-1.5 shadow-xl"
        >
          {children}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}

export function MenuItem({ className, ...props }: ComponentProps<typeof Radix.Item>) {
  return (
    <Radix.Item
      className={classNames(
        'flex h-10 cursor-pointer items-center gap-3 rounded-tile px-2.5 text-[0.9375rem] outline-none select-none data-highlighted:bg-sunken [&_svg]:size-4 [&_svg]:text-ink-soft',
        className,
      )}
      {...props}
    />
  );
}

export function MenuLabel({ children }: { children: ReactNode }) {
  return <Radix.Label className="max-w-72 px-2.5 py-2 leading-tight">{children}</Radix.Label>;
}

export function MenuLine() {
  return <Radix.Separator className="-mx-1.5 my-1.5 h-px bg-line" />;
}
