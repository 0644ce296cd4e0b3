import type { ApiClient } from '@/lib/api-client';
import { ApiProblem } from '@/lib/api-problem';
import type { components } from '@/lib/api-schema';

export type Task = components['schemas']['TaskDto'];
export type TaskPage = components['schemas']['TaskPageDto'];
export type TaskChanges = components['schemas']['UpdateTaskDto'];

const PAGE_SIZE = 50;

/** The tasks of one user. Every call throws ApiProblem for what the API refuses. */
export function createTasksApi(api: ApiClient, userId: string) {
  const collection = '/api/users/{userId}/tasks';
  const item = '/api/users/{userId}/tasks/{taskId}';

  return {
    async list(cursor: string | undefined, signal: AbortSignal): Promise<TaskPage> {
      const query = { limit: PAGE_SIZE, ...(cursor !== undefined && { cursor }) };
      const answer = await api.GET(collection, { params: { path: { userId }, query }, signal });
      return dataOf(answer);
    },
    async create(title: string): Promise<Task> {
      const params = { path: { userId } };
      return dataOf(await api.POST(collection, { params, body: { title, completed: false } }));
    },
    async update(taskId: string, changes: TaskChanges): Promise<Task> {
      const params = { path: { userId, taskId } };
      return dataOf(await api.PATCH(item, { params, body: changes }));
    },
    async remove(taskId: string): Promise<void> {
      const params = { path: { userId, taskId } };
      const { error, response } = await api.DELETE(item, { params });
      // Gone already, in another tab perhaps: that is what was wanted.
      if (!response.ok && response.status !== 404) throw new ApiProblem(response.status, error);
    },
  };
}

function dataOf<T>(answer: { data?: T; error?: unknown; response: Response }): T {
  if (answer.data === undefined) throw new ApiProblem(answer.response.status, answer.error);
  return answer.data;
}
