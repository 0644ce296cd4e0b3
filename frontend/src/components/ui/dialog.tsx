import { X } from 'lucide-react';
import { AlertDialog, Dialog as Radix } from 'radix-ui';
import { type ReactNode, useRef } from 'react';
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
  const { remember, giveBack } = useFocusOfOpener();
  return (
    <Radix.Root open={open} onOpenChange={onOpenChange}>
      <Radix.Portal>
        <Radix.Overlay className={OVERLAY} />
        <Radix.Content
          className={PANEL}
          aria-describedby={undefined}
          onOpenAutoFocus={remember}
          onCloseAutoFocus={giveBack}
        >
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
  /** What one does instead. */
  cancel?: string;
  onConfirm: () => void;
}

/** Asks once before something is gone for good. */
export function ConfirmDialog(props: ConfirmDialogProps) {
  const { title, question, action, cancel = 'Keep it', open, onOpenChange, onConfirm } = props;
  const { remember, giveBack, forget } = useFocusOfOpener();
  const confirm = () => {
    // What one was at is about to go, and its buttons with it.
    forget();
    onConfirm();
  };
  return (
    <AlertDialog.Root open={open} onOpenChange={onOpenChange}>
      <AlertDialog.Portal>
        <AlertDialog.Overlay className={OVERLAY} />
        <AlertDialog.Content
          className={PANEL}
          onOpenAutoFocus={remember}
          onCloseAutoFocus={giveBack}
        >
          <AlertDialog.Title className={TITLE}>{title}</AlertDialog.Title>
          <AlertDialog.Description className="break-words text-ink-soft">
            {question}
          </AlertDialog.Description>
          <div className="flex justify-end gap-3">
            <AlertDialog.Cancel asChild>
              <Button look="outline">{cancel}</Button>
            </AlertDialog.Cancel>
            <AlertDialog.Action asChild>
              <Button look="danger" onClick={confirm}>
                {action}
              </Button>
            </AlertDialog.Action>
          </div>
        </AlertDialog.Content>
      </AlertDialog.Portal>
    </AlertDialog.Root>
  );
}

/**
 * Radix gives the focus back to the trigger that it knows. Our dialogs open by state and have none, so
 * they remember who had it; when that is gone, the page's first field gets it, or the page.
 */
function useFocusOfOpener() {
  const opener = useRef<Element>(null);
  return {
    remember: () => {
      opener.current = document.activeElement;
    },
    forget: () => {
      opener.current = null;
    },
    giveBack: (event: Event) => {
      event.preventDefault();
      const target = opener.current?.isConnected
        ? opener.current
        : (document.querySelector('main input') ?? document.querySelector('main'));
      if (target instanceof HTMLElement) target.focus();
    },
  };
}
