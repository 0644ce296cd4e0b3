import { ApiProperty } from '@nestjs/swagger';
import { MayBeAbsent, MayBeNull } from './presence.js';
import {
  DESCRIPTION_MAX,
  IsTaskCompleted,
  IsTaskDescription,
  IsTaskTitle,
  TITLE_MAX,
} from './task-rules.js';

/** A new task. Its owner is the caller: no field names one. */
export class CreateTaskDto {
  /** What is to be done; blanks around it are dropped. */
  @ApiProperty({ minLength: 1, maxLength: TITLE_MAX, example: 'Buy milk' })
  @IsTaskTitle()
  title: string;

  /** Anything more there is to say. */
  @ApiProperty({ maxLength: DESCRIPTION_MAX, example: 'The one with the blue cap' })
  @MayBeNull()
  @IsTaskDescription()
  description?: string | null;

  /** Whether it is done already. */
  @ApiProperty({ default: false })
  @MayBeAbsent()
  @IsTaskCompleted()
  completed?: boolean;
}
