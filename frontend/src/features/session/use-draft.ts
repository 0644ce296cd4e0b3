'use client';

import { useEffect } from 'react';
import type { UseFormReturn } from 'react-hook-form';
import { type Draft, dropDraft, keepDraft, readDraft } from '@/lib/drafts';
import { useSession } from './session-provider';

/**
 * Keeps what is typed into a form of the signed-in user when the session ends under it, and puts it
 * back when the same user is in again.
 *
 * @returns forgets it: it was sent, or given up
 */
export function useDraft<T extends Draft>(form: UseFormReturn<T>, name: string): () => void {
  const { id: userId } = useSession().user;
  const { reset, getValues, subscribe } = form;

  useEffect(() => {
    const draft = readDraft(userId, name);
    if (draft !== undefined) reset({ ...getValues(), ...draft }, { keepDefaultValues: true });
    return subscribe({
      formState: { values: true },
      callback({ values, defaultValues: saved }) {
        const isTyped = Object.keys(values).some((field) => values[field] !== saved?.[field]);
        if (isTyped) keepDraft(userId, name, values);
        else dropDraft(userId, name);
      },
    });
  }, [userId, name, reset, getValues, subscribe]);

  return () => dropDraft(userId, name);
}
