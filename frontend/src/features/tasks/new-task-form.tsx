'use client';

import { zodResolver } from '@hookform/resolvers/zod';
import { Plus } from 'lucide-react';
import { useEffect } from 'react';
import { useForm } from 'react-hook-form';
import { Button } from '@/components/ui/button';
import { Field } from '@/components/ui/field';
import { Input } from '@/components/ui/input';
import { useDraft } from '@/features/session/use-draft';
import { ApiProblem, formSentenceFor, isTransient } from '@/lib/api-problem';
import { newTaskForm, type NewTaskForm as Values } from './task-forms';
import type { TaskActions } from './use-tasks';

interface NewTaskFormProps extends Pick<TaskActions, 'create'> {
  /** Whether the list is loaded: becoming so says that the API can be reached again. */
  loaded: boolean;
}

/** The text stays until the API has it. */
export function NewTaskForm({ create, loaded }: NewTaskFormProps) {
  const form = useForm<Values>({
    resolver: zodResolver(newTaskForm),
    mode: 'onSubmit',
    defaultValues: { title: '' },
  });
  const { errors } = form.formState;
  const { getFieldState, clearErrors } = form;
  const forgetDraft = useDraft(form, 'new task');

  useEffect(() => {
    const { error } = getFieldState('title');
    if (loaded && error?.type === 'unreachable') clearErrors('title');
  }, [loaded, getFieldState, clearErrors]);

  const submit = form.handleSubmit(async ({ title }) => {
    try {
      await create.mutateAsync(title);
      form.reset();
      forgetDraft();
    } catch (error) {
      const named = error instanceof ApiProblem ? error.errors[0]?.message : undefined;
      form.setError('title', {
        type: isTransient(error) ? 'unreachable' : 'refused',
        message: named ?? formSentenceFor(error),
      });
    }
    form.setFocus('title');
  });

  return (
    <form method="post" noValidate onSubmit={(event) => void submit(event)}>
      <Field label="New task" error={errors.title?.message}>
        {(control) => (
          <div className="flex gap-2 max-[22rem]:flex-col">
            <Input
              {...control}
              {...form.register('title')}
              autoComplete="off"
              enterKeyHint="done"
              placeholder="What is there to do?"
            />
            <Button type="submit" busy={create.isPending}>
              {!create.isPending && <Plus aria-hidden className="-ml-1 size-4" />}
              Add task
            </Button>
          </div>
        )}
      </Field>
    </form>
  );
}
