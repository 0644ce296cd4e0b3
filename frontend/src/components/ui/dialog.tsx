import { X } from 'lucide-react';
import { AlertDialog, Dialog as Radix } from 'radix-ui';
import type { ReactNode } from 'react';
import { Button } from './button';

const OVERLAY = 'fixed inset-0 z-40 bg-black/45 backdrop-blur-[1px]';
const PANEL =
  'fixed inset-x-0 bottom-0 z-50 grid max-h-[92dvh] gap-5 overflow-y-auto rounded-t-panel border border-line bg-surface p-5 shadow-2xl sm:inset-auto sm:top-1/2 sm:left-1/2 sm:w-[min(30rem,calc(100vw-2rem))] sm:-translate-x-1/2 sm:-translate-y-1/2 sm:rounded-panel sm:p-6';
const TITLE = 'font-display text-xl font-semibold';

interface DialogProps {
  title: string;
  open: boolean;
  onOpenChange: (open: boolean) => void;
  children: ReactNode;
}

/** On a phone it rises from the bottom edge, where the thumb is; elsewhere it stands in the middle. */
export function Dialog({ title, open, onOpenChange, children }: DialogProps) {
  return (
    <Radix.Root open={open} onOpenChange={onOpenChange}>
      <Radix.Portal>
        <Radix.Overlay className={OVERLAY} />
        <Radix.Content className={PANEL} aria-describedby={undefined}>
          <Radix.Title className={TITLE}>{title}</Radix.Title>
          {children}
          {/* Last, so that the first field has the focus when the dialog opens. */}
          <Radix.Close asChild>
            <Button
              look="quiet"
              size="icon"
              aria-label="Close"
              className="absolute top-3.5 right-3.5"
            >
              <X aria-hidden />
            </Button>
          </Radix.Close>
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}

interface ConfirmDialogProps extends Omit<DialogProps, 'children'> {
  question: ReactNode;
  /** The verb on the button that does it. */
  action: string;
  onConfirm: () => void;
}

/** Asks once before something is gone for good. */
export function ConfirmDialog(props: ConfirmDialogProps) {
  const { title, question, action, open, onOpenChange, onConfirm } = props;
  return (
    <AlertDialog.Root open={open} onOpenChange={onOpenChange}>
      <AlertDialog.Portal>
        <AlertDialog.Overlay className={OVERLAY} />
        <AlertDialog.Content className={PANEL}>
          <AlertDialog.Title className={TITLE}>{title}</AlertDialog.Title>
          <AlertDialog.Description className="break-words text-ink-soft">
            {question}
          </AlertDialog.Description>
          <div className="flex justify-end gap-3">
            <AlertDialog.Cancel asChild>
              <Button look="outline">Keep it</Button>
            </AlertDialog.Cancel>
            <AlertDialog.Action asChild>
              <Button look="danger" onClick={onConfirm}>
                {action}
              </Button>
            </AlertDialog.Action>
          </div>
        </AlertDialog.Content>
      </AlertDialog.Portal>
    </AlertDialog.Root>
  );
}
