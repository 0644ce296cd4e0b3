'use client';

import { Button } from '@/components/ui/button';
import { Notice } from '@/components/ui/notice';
import { Skeleton } from '@/components/ui/skeleton';
import { sentenceFor } from '@/lib/api-problem';
import { EmptyList } from './empty-list';
import { TaskItem } from './task-item';
import type { TaskActions, useTaskPages } from './use-tasks';

interface TaskListProps {
  pages: ReturnType<typeof useTaskPages>;
  tasks: NonNullable<ReturnType<typeof useTaskPages>['data']>['pages'][number]['items'];
  actions: TaskActions;
}

export function TaskList({ pages, tasks, actions }: TaskListProps) {
  // Set while a failed try waits for the next one, too: the user learns of it at once.
  const problem = pages.failureReason ?? pages.error;
  const again = (
    <Button look="outline" size="small" onClick={() => void pages.refetch({ cancelRefetch: true })}>
      Try again
    </Button>
  );
  return (
    <section aria-label="Tasks" className="grid gap-4">
      {problem !== null && (
        <Notice tone="bad" action={again}>
          {sentenceFor(problem)}
          {pages.data !== undefined && ' The list may be out of date.'}
        </Notice>
      )}
      {pages.data === undefined && problem === null && <TaskListSkeleton />}
      {pages.data !== undefined && tasks.length === 0 && <EmptyList />}
      {tasks.length > 0 && (
        <ul className="divide-y divide-line overflow-hidden rounded-panel border border-line bg-surface">
          {tasks.map((task) => (
            <TaskItem key={task.id} task={task} actions={actions} />
          ))}
        </ul>
      )}
      {pages.hasNextPage && (
        <Button
          look="outline"
          className="justify-self-center"
          busy={pages.isFetchingNextPage}
          onClick={() => void pages.fetchNextPage()}
        >
          Show more
        </Button>
      )}
    </section>
  );
}

export function TaskListSkeleton() {
  return (
    <div className="divide-y divide-line rounded-panel border border-line bg-surface">
      <output className="sr-only">Loading your tasks</output>
      {['w-2/5', 'w-3/5', 'w-1/3'].map((width) => (
        <div key={width} className="flex items-center gap-3.5 px-4 py-5 sm:px-5">
          <Skeleton className="size-6" />
          <Skeleton className={`h-4 ${width}`} />
        </div>
      ))}
    </div>
  );
}
