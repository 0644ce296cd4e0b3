import { ApiProperty } from '@nestjs/swagger';
import { MayBeAbsent, MayBeNull } from './presence.js';
import {
  DESCRIPTION_MAX,
  IsTaskCompleted,
  IsTaskDescription,
  IsTaskTitle,
  TITLE_MAX,
} from './task-rules.js';

/** Changes to a task: at least one field; those left out stay as they are. */
export class UpdateTaskDto {
  /** What is to be done; blanks around it are dropped. */
  @ApiProperty({ minLength: 1, maxLength: TITLE_MAX, example: 'Buy oat milk' })
  @MayBeAbsent()
  @IsTaskTitle()
  title?: string;

  /** Anything more there is to say; null removes it. */
  @ApiProperty({ maxLength: DESCRIPTION_MAX })
  @MayBeNull()
  @IsTaskDescription()
  description?: string | null;

  /** Whether it is done. */
  @ApiProperty({ example: true })
  @MayBeAbsent()
  @IsTaskCompleted()
  completed?: boolean;
}
