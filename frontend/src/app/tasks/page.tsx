import type { Metadata } from 'next';
import { UnavailablePage } from '@/components/unavailable-page';
import { requireSession } from '@/features/auth/require-session';
import { AppFrame } from '@/features/session/app-frame';
import { TasksView } from '@/features/tasks/tasks-view';

export const metadata: Metadata = { title: 'Your tasks' };

export default async function TasksPage() {
  const user = await requireSession('/tasks');
  if (user === 'unavailable') return <UnavailablePage />;
  return (
    <AppFrame user={user}>
      <TasksView />
    </AppFrame>
  );
}
