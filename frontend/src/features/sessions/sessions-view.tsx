'use client';

import { useState } from 'react';
import { Button } from '@/components/ui/button';
import { ConfirmDialog } from '@/components/ui/dialog';
import { Notice } from '@/components/ui/notice';
import { Skeleton } from '@/components/ui/skeleton';
import type { ClientSession } from '@/features/session/client-session';
import { useSession } from '@/features/session/session-provider';
import { sentenceFor } from '@/lib/api-problem';
import { SessionItem } from './session-item';
import { useSessionActions, useSessions } from './use-sessions';

export function SessionsView() {
  const { session } = useSession();
  return session === undefined ? <SessionsSkeleton /> : <Sessions session={session} />;
}

function Sessions({ session }: { session: ClientSession }) {
  const sessions = useSessions(session);
  const { end, endOthers } = useSessionActions(session);
  const [asking, setAsking] = useState(false);
  const list = sessions.data ?? [];
  const others = list.filter(({ isCurrent }) => !isCurrent).length;
  // Set while a failed try waits for the next one, too: the user learns of it at once.
  const problem = sessions.failureReason ?? sessions.error;
  return (
    <section aria-label="Devices" className="grid gap-4">
      {problem !== null && (
        <Notice
          tone="bad"
          action={
            <Button
              look="outline"
              size="small"
              onClick={() => void sessions.refetch({ cancelRefetch: true })}
            >
              Try again
            </Button>
          }
        >
          {sentenceFor(problem)}
          {sessions.data !== undefined && ' The list may be out of date.'}
        </Notice>
      )}
      {sessions.data === undefined && problem === null && <SessionsSkeleton />}
      {list.length > 0 && (
        <ul className="divide-y divide-line overflow-hidden rounded-panel border border-line bg-surface">
          {list.map((item) => (
            <SessionItem
              key={item.id}
              session={item}
              busy={end.isPending && end.variables.id === item.id}
              onEnd={() => end.mutate(item)}
            />
          ))}
        </ul>
      )}
      {sessions.data !== undefined && others === 0 && (
        <p className="text-sm text-ink-soft">You are signed in nowhere else.</p>
      )}
      {others > 0 && (
        <Button
          look="outline"
          className="justify-self-start"
          busy={endOthers.isPending}
          onClick={() => setAsking(true)}
        >
          Sign out all others
        </Button>
      )}
      <ConfirmDialog
        title="Sign out all other devices?"
        question="Whoever uses them will have to sign in again. This device stays signed in."
        action="Sign them out"
        cancel="Cancel"
        open={asking}
        onOpenChange={setAsking}
        onConfirm={() => endOthers.mutate()}
      />
    </section>
  );
}

function SessionsSkeleton() {
  return (
    <div className="divide-y divide-line rounded-panel border border-line bg-surface">
      <output className="sr-only">Loading your devices</output>
      {['w-2/5', 'w-1/3'].map((width) => (
        <div key={width} className="grid gap-2 px-4 py-5 sm:px-5">
          <Skeleton className={`h-4 ${width}`} />
          <Skeleton className="h-3 w-1/2" />
        </div>
      ))}
    </div>
  );
}
