import type { Metadata } from 'next';
import { AccountPage } from '@/features/account/account-page';
import { ActivityView } from '@/features/activity/activity-view';

export const metadata: Metadata = { title: 'Activity' };

export default function ActivityPage() {
  return (
    <AccountPage
      path="/account/activity"
      lead="What happened to your account lately. If something was not you, change your password."
    >
      {({ id }) => <ActivityView userId={id} />}
    </AccountPage>
  );
}
