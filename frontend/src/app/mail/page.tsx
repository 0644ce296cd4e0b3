import type { Metadata } from 'next';
import { headers } from 'next/headers';
import Link from 'next/link';
import { notFound } from 'next/navigation';
import { Moment } from '@/components/moment';
import { RefreshButton } from '@/components/refresh-button';
import { Wordmark } from '@/components/wordmark';
import { MailText } from '@/features/mail/mail-text';
import { webEnvironment } from '@/lib/env';
import { listWrittenMails } from '@/lib/mail/file-mailer';
import { mailFolder } from '@/lib/mail/mailer';
import { mayShowMails } from '@/lib/mail-page';

export const metadata: Metadata = { title: 'Mails', referrer: 'no-referrer' };

/** In place of a mailbox, on the machine of who develops or tries Tessera. */
export default async function MailPage() {
  const environment = webEnvironment();
  if (!mayShowMails(environment, (await headers()).get('x-sent-host'))) notFound();
  const mails = await listWrittenMails(mailFolder(environment.dataDir));
  return (
    <div className="mx-auto grid max-w-3xl gap-7 px-4 py-6 sm:px-6">
      <header>
        <Link href="/" className="inline-block rounded-tile">
          <Wordmark />
        </Link>
      </header>
      <main className="grid gap-6">
        <div className="flex items-center justify-between gap-4">
          <h1 className="text-3xl font-semibold sm:text-4xl">Mails</h1>
          <RefreshButton>Refresh</RefreshButton>
        </div>
        <p className="text-ink-soft">
          Tessera has no mail server here. What it would have sent, to whomever, is on this page.
        </p>
        {mails.length === 0 && <p>No mail yet.</p>}
        <ul className="grid gap-4">
          {mails.map(({ id, at, to, subject, text }) => (
            <li
              key={id}
              className="grid gap-3 rounded-panel border border-line bg-surface px-4 py-4 sm:px-5"
            >
              <div className="grid gap-0.5">
                <h2 className="text-lg font-semibold">{subject}</h2>
                <p className="text-sm break-words text-ink-soft">
                  To {to} · <Moment at={at.toISOString()} as="relative" />
                </p>
              </div>
              <MailText text={text} webUrl={environment.webUrl} />
            </li>
          ))}
        </ul>
      </main>
    </div>
  );
}
