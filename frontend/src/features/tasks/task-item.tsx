'use client';

import { Pencil, Trash2 } from 'lucide-react';
import { useState } from 'react';
import { Button } from '@/components/ui/button';
import { Checkbox } from '@/components/ui/checkbox';
import { ConfirmDialog } from '@/components/ui/dialog';
import { useSession } from '@/features/session/session-provider';
import { classNames } from '@/lib/class-names';
import { readDraft } from '@/lib/drafts';
import { draftOf, EditTaskDialog } from './edit-task-dialog';
import type { Task } from './tasks-api';
import type { TaskActions } from './use-tasks';

interface TaskItemProps {
  task: Task;
  actions: TaskActions;
}

export function TaskItem({ task, actions }: TaskItemProps) {
  const { user } = useSession();
  // A dialog that was open when the session ended is open again.
  const [open, setOpen] = useState<'edit' | 'delete' | undefined>(() =>
    readDraft(user.id, draftOf(task)) === undefined ? undefined : 'edit',
  );
  const close = () => setOpen(undefined);
  const done = task.completed;
  return (
    <li className="group flex items-start gap-3.5 px-4 py-3 sm:px-5">
      <Checkbox
        className="mt-2"
        checked={done}
        aria-label={task.title}
        onCheckedChange={() => actions.toggle.mutate(task)}
      />
      <div className="min-w-0 flex-1 py-2">
        <p
          className={classNames(
            'break-words transition-colors',
            done && 'text-ink-soft line-through decoration-line-strong',
          )}
        >
          {task.title}
        </p>
        {task.description !== null && (
          <p className="mt-0.5 text-sm break-words whitespace-pre-line text-ink-soft">
            {task.description}
          </p>
        )}
      </div>
      <div className="-mr-2 flex transition-opacity [@media(hover:hover)]:opacity-75 [@media(hover:hover)]:group-focus-within:opacity-100 [@media(hover:hover)]:group-hover:opacity-100">
        <Button
          look="quiet"
          size="icon"
          aria-label={`Edit ${task.title}`}
          onClick={() => setOpen('edit')}
        >
          <Pencil aria-hidden />
        </Button>
        <Button
          look="quiet"
          size="icon"
          aria-label={`Delete ${task.title}`}
          onClick={() => setOpen('delete')}
        >
          <Trash2 aria-hidden />
        </Button>
      </div>
      {open === 'edit' && <EditTaskDialog task={task} edit={actions.edit} onClose={close} />}
      <ConfirmDialog
        title="Delete this task?"
        question={<>“{task.title}” will be gone for good.</>}
        action="Delete"
        open={open === 'delete'}
        onOpenChange={(isOpen) => !isOpen && close()}
        onConfirm={() => actions.remove.mutate(task)}
      />
    </li>
  );
}
