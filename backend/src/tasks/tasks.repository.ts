import { Inject, Injectable } from '@nestjs/common';
import { asUser, type OwnerId, type PrismaClient, type Task } from '@tessera/database';
import { DATABASE } from '../database/database.token.js';
import type { TaskCursor } from './dto/task-cursor.js';

export type TaskFields = Pick<Task, 'title' | 'description' | 'completed'>;

/**
 * The tasks of one owner. Every query names the owner itself, and runs where row level security
 * shows that owner's rows only: either alone would keep users apart (FR-022).
 */
@Injectable()
export class TasksRepository {
  constructor(@Inject(DATABASE) private readonly db: PrismaClient) {}

  /** Newest first; `after` is the last task of the page before. */
  list(ownerId: OwnerId, take: number, after: TaskCursor | undefined): Promise<Task[]> {
    return asUser(this.db, ownerId, (transaction) =>
      transaction.task.findMany({
        where: {
          userId: ownerId,
          ...(after && {
            // The first condition is implied by the second; it lets the index start at the cursor.
            createdAt: { lte: after.createdAt },
            OR: [{ createdAt: { lt: after.createdAt } }, { id: { lt: after.id } }],
          }),
        },
        orderBy: [{ createdAt: 'desc' }, { id: 'desc' }],
        take,
      }),
    );
  }

  find(ownerId: OwnerId, id: string): Promise<Task | null> {
    return asUser(this.db, ownerId, (transaction) =>
      transaction.task.findFirst({ where: { id, userId: ownerId } }),
    );
  }

  create(ownerId: OwnerId, fields: TaskFields): Promise<Task> {
    return asUser(this.db, ownerId, (transaction) =>
      transaction.task.create({ data: { ...fields, userId: ownerId } }),
    );
  }

  async update(ownerId: OwnerId, id: string, changes: Partial<TaskFields>): Promise<Task | null> {
    const [task] = await asUser(this.db, ownerId, (transaction) =>
      transaction.task.updateManyAndReturn({ where: { id, userId: ownerId }, data: changes }),
    );
    return task ?? null;
  }

  /** @returns whether there was such a task */
  async remove(ownerId: OwnerId, id: string): Promise<boolean> {
    const { count } = await asUser(this.db, ownerId, (transaction) =>
      transaction.task.deleteMany({ where: { id, userId: ownerId } }),
    );
    return count > 0;
  }
}
