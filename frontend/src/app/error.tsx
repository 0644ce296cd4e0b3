'use client';

import { MessagePage } from '@/components/message-page';
import { Button } from '@/components/ui/button';

export default function ErrorPage({ retry }: { retry: () => void }) {
  return (
    <MessagePage
      title="Something broke"
      action={<Button onClick={() => retry()}>Try again</Button>}
    >
      The fault is on our side, and it has been noted.
    </MessagePage>
  );
}
