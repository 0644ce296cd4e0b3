'use client';

import { type ReactNode, useState } from 'react';
import { Button } from '@/components/ui/button';
import { Notice } from '@/components/ui/notice';
import type { AuthOutcome } from '@/lib/auth-client';
import { OutcomeNotice } from './outcome-notice';
import { TextLink } from './text-link';

interface MailSentProps {
  children: ReactNode;
  /** Sends the mail once more. */
  resend: () => Promise<AuthOutcome>;
  /** Mails go nowhere on this machine; a page shows them. */
  hasMailPage: boolean;
}

/** It goes on in the mail. Says nothing of whether there was anybody to write to. */
export function MailSent({ children, resend, hasMailPage }: MailSentProps) {
  const [outcome, setOutcome] = useState<AuthOutcome>();
  const [busy, setBusy] = useState(false);
  const again = async () => {
    setBusy(true);
    setOutcome(undefined);
    setOutcome(await resend());
    setBusy(false);
  };
  return (
    <div className="grid gap-5">
      <Notice tone="info">{children}</Notice>
      {hasMailPage && <MailPageHint />}
      <OutcomeNotice outcome={outcome} />
      {outcome?.kind === 'done' && <Notice tone="info">The mail is on its way once more.</Notice>}
      <Button look="outline" busy={busy} onClick={() => void again()}>
        Send it again
      </Button>
    </div>
  );
}

function MailPageHint() {
  return (
    <p className="text-sm text-ink-soft">
      No mail leaves this machine: you find it <TextLink href="/mail">here</TextLink>.
    </p>
  );
}
