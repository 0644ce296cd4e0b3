'use client';

import {
  type InfiniteData,
  useInfiniteQuery,
  useMutation,
  useQueryClient,
} from '@tanstack/react-query';
import { toast } from 'sonner';
import { sentenceFor } from '@/lib/api-problem';
import type { ClientSession } from '@/features/session/client-session';
import { createTasksApi, type Task, type TaskChanges, type TaskPage } from './tasks-api';

type Pages = InfiniteData<TaskPage, string | undefined>;

const keyOf = (session: ClientSession) => ['tasks', session.userId] as const;

/** Newest first, page by page. Tries again by itself for as long as that can help. */
export function useTaskPages(session: ClientSession) {
  const tasks = createTasksApi(session.api, session.userId);
  return useInfiniteQuery({
    queryKey: keyOf(session),
    queryFn: ({ pageParam, signal }) => tasks.list(pageParam, signal),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.nextCursor ?? undefined,
  });
}

/** What one can do to tasks. What is shown at once is taken back, with a sentence, when it fails. */
export function useTaskActions(session: ClientSession) {
  const queries = useQueryClient();
  const tasks = createTasksApi(session.api, session.userId);
  const queryKey = keyOf(session);

  const rewrite = (change: (items: Task[], pageIndex: number) => Task[]) =>
    queries.setQueryData<Pages>(queryKey, (data) =>
      data === undefined
        ? data
        : {
            ...data,
            pages: data.pages.map((page, at) => ({ ...page, items: change(page.items, at) })),
          },
    );
  const replace = (task: Task) =>
    rewrite((items) => items.map((item) => (item.id === task.id ? task : item)));

  /** Applies a change before the API has answered. @returns takes it back */
  const anticipate = async (change: (items: Task[]) => Task[]) => {
    await queries.cancelQueries({ queryKey });
    const before = queries.getQueryData<Pages>(queryKey);
    rewrite(change);
    return () => queries.setQueryData(queryKey, before);
  };
  /** Asks anew, in place of a list that is still on its way and may not know of the change. */
  const settle = () =>
    void queries.cancelQueries({ queryKey }).then(() => queries.invalidateQueries({ queryKey }));

  const create = useMutation({
    mutationFn: (title: string) => tasks.create(title),
    onSuccess: (task) => rewrite((items, at) => (at === 0 ? [task, ...items] : items)),
    onSettled: settle,
  });
  const edit = useMutation({
    mutationFn: ({ id, changes }: { id: string; changes: TaskChanges }) =>
      tasks.update(id, changes),
    onSuccess: replace,
    onSettled: settle,
  });
  const toggle = useMutation({
    mutationFn: ({ id, completed }: Task) => tasks.update(id, { completed: !completed }),
    onMutate: (task) =>
      anticipate((items) =>
        items.map((item) => (item.id === task.id ? { ...item, completed: !task.completed } : item)),
      ),
    onError: (error, _, undo) => takeBack(error, undo),
    onSettled: settle,
  });
  const remove = useMutation({
    mutationFn: ({ id }: Task) => tasks.remove(id),
    onMutate: (task) => anticipate((items) => items.filter((item) => item.id !== task.id)),
    onError: (error, _, undo) => takeBack(error, undo),
    onSettled: settle,
  });
  return { create, edit, toggle, remove };
}

function takeBack(error: unknown, undo: (() => void) | undefined): void {
  undo?.();
  toast.error(`That was not saved. ${sentenceFor(error)}`);
}

export type TaskActions = ReturnType<typeof useTaskActions>;
