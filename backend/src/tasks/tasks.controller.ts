import {
  Body,
  Controller,
  Delete,
  Get,
  HttpCode,
  Param,
  Patch,
  Post,
  Query,
  UseInterceptors,
} from '@nestjs/common';
import {
  ApiCreatedResponse,
  ApiNoContentResponse,
  ApiOkResponse,
  ApiParam,
  ApiTags,
} from '@nestjs/swagger';
import type { OwnerId } from '@tessera/database';
import { CurrentOwner, OwnedBy } from '../auth/index.js';
import { ApiCommonProblems, ApiProblem } from '../http/api-problem.decorator.js';
import { AtLeastOneFieldPipe } from '../http/at-least-one-field.pipe.js';
import { LocationInterceptor } from '../http/location.interceptor.js';
import { CreateTaskDto } from './dto/create-task.dto.js';
import { ListTasksQuery } from './dto/list-tasks.query.dto.js';
import { TaskDto, TaskPageDto } from './dto/task.dto.js';
import { UpdateTaskDto } from './dto/update-task.dto.js';
import { TaskIdPipe } from './task-id.pipe.js';
import { TasksService } from './tasks.service.js';

const ApiTaskId = () =>
  ApiParam({ name: 'taskId', type: String, description: "A task's `id`", format: 'uuid' });

@ApiTags('tasks')
@Controller('users/:userId/tasks')
@OwnedBy('userId')
@ApiCommonProblems()
export class TasksController {
  constructor(private readonly tasks: TasksService) {}

  /** List your tasks, newest first */
  @Get()
  @ApiOkResponse({ description: 'One page of tasks', type: TaskPageDto })
  @ApiProblem('malformed_request', 'invalid_request')
  list(@CurrentOwner() ownerId: OwnerId, @Query() query: ListTasksQuery): Promise<TaskPageDto> {
    return this.tasks.list(ownerId, query);
  }

  /** Create a task */
  @Post()
  @UseInterceptors(LocationInterceptor)
  @ApiCreatedResponse({
    description: 'The new task',
    type: TaskDto,
    headers: { Location: { description: 'Path of the new task', schema: { type: 'string' } } },
  })
  @ApiProblem('malformed_request', 'invalid_request', 'payload_too_large', 'unsupported_media_type')
  create(@CurrentOwner() ownerId: OwnerId, @Body() fields: CreateTaskDto): Promise<TaskDto> {
    return this.tasks.create(ownerId, fields);
  }

  /** Read a task */
  @Get(':taskId')
  @ApiTaskId()
  @ApiOkResponse({ description: 'The task', type: TaskDto })
  @ApiProblem('not_found')
  find(
    @CurrentOwner() ownerId: OwnerId,
    @Param('taskId', TaskIdPipe) id: string,
  ): Promise<TaskDto> {
    return this.tasks.find(ownerId, id);
  }

  /** Change some fields of a task */
  @Patch(':taskId')
  @ApiTaskId()
  @ApiOkResponse({ description: 'The task as it is now', type: TaskDto })
  @ApiProblem('malformed_request', 'invalid_request', 'not_found')
  @ApiProblem('payload_too_large', 'unsupported_media_type')
  update(
    @CurrentOwner() ownerId: OwnerId,
    @Param('taskId', TaskIdPipe) id: string,
    @Body(AtLeastOneFieldPipe) changes: UpdateTaskDto,
  ): Promise<TaskDto> {
    return this.tasks.update(ownerId, id, changes);
  }

  /** Delete a task */
  @Delete(':taskId')
  @HttpCode(204)
  @ApiTaskId()
  @ApiNoContentResponse({ description: 'The task is gone' })
  // A body is not wanted, but read.
  @ApiProblem('not_found', 'payload_too_large', 'unsupported_media_type')
  remove(@CurrentOwner() ownerId: OwnerId, @Param('taskId', TaskIdPipe) id: string): Promise<void> {
    return this.tasks.remove(ownerId, id);
  }
}
