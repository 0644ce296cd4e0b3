import type { Metadata } from 'next';
import Link from 'next/link';
import { MessagePage } from '@/components/message-page';
import { Button } from '@/components/ui/button';

export const metadata: Metadata = { title: 'Not found' };

export default function NotFoundPage() {
  return (
    <MessagePage
      title="There is no door here"
      action={
        <Button asChild look="outline">
          <Link href="/">Back to the start</Link>
        </Button>
      }
    >
      This address leads nowhere. It may have been mistyped, or what it named is gone.
    </MessagePage>
  );
}
