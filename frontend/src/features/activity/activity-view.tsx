import { RefreshButton } from '@/components/refresh-button';
import { Notice } from '@/components/ui/notice';
import { loadRecentActivity } from '@/lib/auth/recent-activity';
import { setPageStatus } from '@/lib/page-status';
import { ActivityList } from './activity-list';

const SHOWN = 50;

/** What happened to the account of `userId`, which is the session's. */
export async function ActivityView({ userId }: { userId: string }) {
  const items = await loadRecentActivity(userId, SHOWN);
  if (items !== 'unavailable') return <ActivityList items={items} />;
  setPageStatus(503);
  return (
    <Notice tone="bad" action={<RefreshButton>Try again</RefreshButton>}>
      We cannot reach Tessera right now.
    </Notice>
  );
}
