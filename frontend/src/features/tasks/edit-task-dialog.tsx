'use client';

import { zodResolver } from '@hookform/resolvers/zod';
import { useState } from 'react';
import { useForm } from 'react-hook-form';
import { Button } from '@/components/ui/button';
import { Dialog } from '@/components/ui/dialog';
import { Field } from '@/components/ui/field';
import { Input, Textarea } from '@/components/ui/input';
import { Notice } from '@/components/ui/notice';
import { useDraft } from '@/features/session/use-draft';
import { ApiProblem, formSentenceFor } from '@/lib/api-problem';
import { editTaskForm, type EditTaskForm } from './task-forms';
import type { Task } from './tasks-api';
import type { TaskActions } from './use-tasks';

/** Under which name the text of an open dialog is kept. */
export const draftOf = (task: Task) => `edit ${task.id}`;

interface EditTaskDialogProps extends Pick<TaskActions, 'edit'> {
  task: Task;
  onClose: () => void;
}

export function EditTaskDialog({ task, edit, onClose }: EditTaskDialogProps) {
  const form = useForm<EditTaskForm>({
    resolver: zodResolver(editTaskForm),
    mode: 'onTouched',
    defaultValues: { title: task.title, description: task.description ?? '' },
  });
  const { errors } = form.formState;
  const [problem, setProblem] = useState<string>();
  const forgetDraft = useDraft(form, draftOf(task));
  const close = () => {
    forgetDraft();
    onClose();
  };

  const submit = form.handleSubmit(async ({ title, description }) => {
    setProblem(undefined);
    try {
      await edit.mutateAsync({
        id: task.id,
        changes: { title, description: description === '' ? null : description },
      });
      close();
    } catch (error) {
      const named = error instanceof ApiProblem ? error.errors : [];
      for (const { field, message } of named) {
        if (field === 'title' || field === 'description') form.setError(field, { message });
      }
      if (named.length === 0) setProblem(formSentenceFor(error));
    }
  });

  return (
    <Dialog title="Edit task" open onOpenChange={(open) => !open && close()}>
      <form
        method="post"
        noValidate
        onSubmit={(event) => void submit(event)}
        className="grid gap-4"
      >
        {problem !== undefined && <Notice tone="bad">{problem}</Notice>}
        <Field label="Title" error={errors.title?.message}>
          {(control) => <Input {...control} {...form.register('title')} autoComplete="off" />}
        </Field>
        <Field label="Description" error={errors.description?.message}>
          {(control) => <Textarea {...control} {...form.register('description')} rows={4} />}
        </Field>
        <div className="flex justify-end gap-3 pt-1">
          <Button look="outline" onClick={close}>
            Cancel
          </Button>
          <Button type="submit" busy={edit.isPending}>
            Save
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
