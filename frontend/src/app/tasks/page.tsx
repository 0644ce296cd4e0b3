import type { Metadata } from 'next';
import { Toaster } from '@/components/ui/toaster';
import { UnavailablePage } from '@/components/unavailable-page';
import { requireSession } from '@/features/auth/require-session';
import { AppHeader } from '@/features/session/app-header';
import { SessionProvider } from '@/features/session/session-provider';
import { TasksView } from '@/features/tasks/tasks-view';
import { webEnvironment } from '@/lib/env';

export const metadata: Metadata = { title: 'Your tasks' };

export default async function TasksPage() {
  const user = await requireSession('/tasks');
  if (user === 'unavailable') return <UnavailablePage />;
  return (
    <SessionProvider user={user} apiUrl={webEnvironment().apiUrl}>
      <AppHeader />
      <TasksView />
      <Toaster />
    </SessionProvider>
  );
}
