import { Injectable, NotFoundException } from '@nestjs/common';
import type { OwnerId } from '@tessera/database';
import type { CreateTaskDto } from './dto/create-task.dto.js';
import type { ListTasksQuery } from './dto/list-tasks.query.dto.js';
import { decodeTaskCursor, encodeTaskCursor } from './dto/task-cursor.js';
import { toTaskDto, type TaskDto, type TaskPageDto } from './dto/task.dto.js';
import type { UpdateTaskDto } from './dto/update-task.dto.js';
import { TasksRepository } from './tasks.repository.js';

/** The rules of tasks. A task of somebody else is, to everyone but its owner, no task at all. */
@Injectable()
export class TasksService {
  constructor(private readonly tasks: TasksRepository) {}

  async list(ownerId: OwnerId, { limit = 20, cursor }: ListTasksQuery): Promise<TaskPageDto> {
    // One more than asked for tells whether another page follows.
    const found = await this.tasks.list(ownerId, limit + 1, decodeTaskCursor(cursor));
    const page = found.slice(0, limit);
    const last = page.at(-1);
    return {
      items: page.map(toTaskDto),
      nextCursor: last && found.length > limit ? encodeTaskCursor(last) : null,
    };
  }

  async find(ownerId: OwnerId, id: string): Promise<TaskDto> {
    return toTaskDto(required(await this.tasks.find(ownerId, id)));
  }

  async create(ownerId: OwnerId, fields: CreateTaskDto): Promise<TaskDto> {
    const { title, description = null, completed = false } = fields;
    return toTaskDto(await this.tasks.create(ownerId, { title, description, completed }));
  }

  async update(ownerId: OwnerId, id: string, changes: UpdateTaskDto): Promise<TaskDto> {
    // Prisma leaves what is undefined as it is. Named one by one: a DTO is not a set of columns.
    const { title, description, completed } = changes;
    return toTaskDto(
      required(await this.tasks.update(ownerId, id, { title, description, completed })),
    );
  }

  async remove(ownerId: OwnerId, id: string): Promise<void> {
    if (!(await this.tasks.remove(ownerId, id))) throw new NotFoundException();
  }
}

function required<T>(task: T | null): T {
  if (task === null) throw new NotFoundException();
  return task;
}
