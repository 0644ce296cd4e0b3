import { ApiProperty } from '@nestjs/swagger';
import { Transform } from 'class-transformer';
import { IsInt, Max, Min } from 'class-validator';
import { MayBeAbsent } from './presence.js';
import { IsTaskCursor } from './task-cursor.js';

const PAGE_MAX = 100;
const LIMIT_MESSAGE = `limit must be a whole number from 1 to ${PAGE_MAX}.`;

/** Which page of the list. */
export class ListTasksQuery {
  /** How many tasks at most. */
  @ApiProperty({ type: 'integer', minimum: 1, maximum: PAGE_MAX })
  @MayBeAbsent()
  @Max(PAGE_MAX, { message: LIMIT_MESSAGE })
  @Min(1, { message: LIMIT_MESSAGE })
  @IsInt({ message: LIMIT_MESSAGE })
  // Digits only: Number() would take '', '1e1' and '0x10' as well.
  @Transform(({ value }: { value: unknown }) =>
    typeof value === 'string' && /^[0-9]{1,4}$/.test(value) ? Number(value) : value,
  )
  limit?: number = 20;

  /** `nextCursor` of the page before; left out for the first page. */
  @MayBeAbsent()
  @IsTaskCursor()
  cursor?: string;
}
