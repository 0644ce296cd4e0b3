'use client';

import { useState } from 'react';
import { Button } from '@/components/ui/button';
import { Notice } from '@/components/ui/notice';
import { authClient, type AuthOutcome } from '@/lib/auth-client';
import { OutcomeNotice } from './outcome-notice';
import { TextLink } from './text-link';
import { useFragmentToken } from './use-fragment-token';

/** One press, not none: programs that look through mails open links, too, and each works once. */
export function VerifyEmail() {
  const token = useFragmentToken();
  // Another link, another form: what became of the one before says nothing.
  return token === null ? <SpentLink /> : <Confirm key={token} token={token} />;
}

/** @param props.token undefined until it was looked for */
function Confirm({ token }: { token: string | undefined }) {
  const [outcome, setOutcome] = useState<AuthOutcome>();
  const [spent, setSpent] = useState(false);
  const [busy, setBusy] = useState(false);

  const verify = async (used: string) => {
    setBusy(true);
    const result = await authClient.verifyEmail({ token: used });
    if (result.kind === 'refused' && result.code === 'INVALID_TOKEN') setSpent(true);
    else setOutcome(result);
    setBusy(false);
  };

  if (spent) return <SpentLink />;
  if (outcome?.kind === 'done') {
    return (
      <>
        <Notice tone="info">Your e-mail is confirmed.</Notice>
        <Button asChild>
          {/* oxlint-disable-next-line nextjs/no-html-link-for-pages -- a full load: the token goes with this page's memory */}
          <a href="/sign-in">Sign in</a>
        </Button>
      </>
    );
  }
  return (
    <>
      <OutcomeNotice outcome={outcome} />
      <Button
        busy={busy}
        disabled={token === undefined}
        onClick={() => token !== undefined && void verify(token)}
      >
        Confirm my e-mail
      </Button>
    </>
  );
}

function SpentLink() {
  return (
    <Notice tone="bad">
      This link does not work any more: each works once, and for a short time only.{' '}
      <TextLink href="/sign-in">Sign in</TextLink> to get a new one, if you still need it.
    </Notice>
  );
}
