import type { Metadata } from 'next';
import { AccountPage } from '@/features/account/account-page';
import { SessionsView } from '@/features/sessions/sessions-view';

export const metadata: Metadata = { title: 'Devices' };

export default function SessionsPage() {
  return (
    <AccountPage
      path="/account/sessions"
      lead="Where you are signed in. End what you do not recognise, then change your password."
    >
      {() => <SessionsView />}
    </AccountPage>
  );
}
