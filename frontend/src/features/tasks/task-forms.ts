import { z } from 'zod';

const title = z
  .string()
  .trim()
  .min(1, 'A task needs a title.')
  .max(200, 'A title has at most 200 characters.');

export const newTaskForm = z.object({ title });

export const editTaskForm = z.object({
  title,
  description: z.string().trim().max(5000, 'A description has at most 5000 characters.'),
});

export type NewTaskForm = z.output<typeof newTaskForm>;
export type EditTaskForm = z.output<typeof editTaskForm>;
