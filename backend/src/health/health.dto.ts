import { ApiProperty } from '@nestjs/swagger';

/** The state of this process. */
export class HealthDto {
  @ApiProperty({ enum: ['ok'] })
  status: string;

  /** What was looked at, and how it is. */
  @ApiProperty({
    type: 'object',
    additionalProperties: { type: 'object', properties: { status: { type: 'string' } } },
    example: { database: { status: 'up' }, keys: { status: 'up' }, revocation: { status: 'up' } },
  })
  details: Record<string, { status: string }>;
}
