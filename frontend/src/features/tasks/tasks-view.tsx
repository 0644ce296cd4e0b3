'use client';

import type { ClientSession } from '@/features/session/client-session';
import { useSession } from '@/features/session/session-provider';
import { NewTaskForm } from './new-task-form';
import { TaskList, TaskListSkeleton } from './task-list';
import { useTaskActions, useTaskPages } from './use-tasks';

export function TasksView() {
  const { session } = useSession();
  return (
    <main className="mx-auto grid max-w-3xl gap-7 px-4 py-8 sm:px-6 sm:py-12">
      {session === undefined ? <TasksPlaceholder /> : <Tasks session={session} />}
    </main>
  );
}

function Tasks({ session }: { session: ClientSession }) {
  const pages = useTaskPages(session);
  const actions = useTaskActions(session);
  const tasks = pages.data?.pages.flatMap((page) => page.items) ?? [];
  const open = tasks.filter((task) => !task.completed).length;
  const more = pages.hasNextPage ? '+' : '';
  return (
    <>
      <div className="flex flex-wrap items-baseline justify-between gap-x-4 gap-y-1">
        <h1 className="text-3xl font-semibold sm:text-4xl">Your tasks</h1>
        {tasks.length > 0 && (
          <p aria-live="polite" className="text-sm text-ink-soft tabular-nums">
            {open}
            {more} open, {tasks.length - open}
            {more} done
          </p>
        )}
      </div>
      <NewTaskForm
        create={actions.create}
        loaded={!pages.isFetching && pages.failureReason === null}
      />
      <TaskList pages={pages} tasks={tasks} actions={actions} />
    </>
  );
}

function TasksPlaceholder() {
  return (
    <>
      <h1 className="text-3xl font-semibold sm:text-4xl">Your tasks</h1>
      <div className="h-18" />
      <TaskListSkeleton />
    </>
  );
}
