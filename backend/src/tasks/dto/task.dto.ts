import { ApiProperty } from '@nestjs/swagger';
import type { Task } from '@tessera/database';

/** A task. */
export class TaskDto {
  @ApiProperty({ format: 'uuid' })
  id: string;

  @ApiProperty({ example: 'Buy milk' })
  title: string;

  @ApiProperty({ type: String, nullable: true, example: 'The one with the blue cap' })
  description: string | null;

  completed: boolean;

  @ApiProperty({ format: 'date-time' })
  createdAt: string;

  @ApiProperty({ format: 'date-time' })
  updatedAt: string;
}

/** One page of tasks, newest first. */
export class TaskPageDto {
  items: TaskDto[];

  /** Give it as `cursor` to get the next page; null on the last one. */
  @ApiProperty({ type: String, nullable: true })
  nextCursor: string | null;
}

/** Names each field that leaves the API, so that a new column does not do so by itself. */
export function toTaskDto(task: Task): TaskDto {
  return {
    id: task.id,
    title: task.title,
    description: task.description,
    completed: task.completed,
    createdAt: task.createdAt.toISOString(),
    updatedAt: task.updatedAt.toISOString(),
  };
}
