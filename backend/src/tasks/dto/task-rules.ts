import { applyDecorators } from '@nestjs/common';
import { Transform } from 'class-transformer';
import { IsBoolean, IsString, Length, Matches, MaxLength } from 'class-validator';

export const TITLE_MAX = 200;
export const DESCRIPTION_MAX = 5_000;

/** PostgreSQL stores neither NUL nor half of a surrogate pair. */
const STORABLE = /^[^\0\p{Surrogate}]*$/u;

// Checked from top to bottom, and reported up to the first failure.

/** A title: text of 1 to 200 characters, without the blanks around it. */
export const IsTaskTitle = () =>
  applyDecorators(
    Transform(({ value }: { value: unknown }) =>
      typeof value === 'string' ? value.trim() : value,
    ),
    IsString({ message: 'The title must be text.' }),
    Length(1, TITLE_MAX, { message: `The title must have 1 to ${TITLE_MAX} characters.` }),
    Matches(STORABLE, { message: 'The title must not contain NUL or broken characters.' }),
  );

export const IsTaskDescription = () =>
  applyDecorators(
    IsString({ message: 'The description must be text or null.' }),
    MaxLength(DESCRIPTION_MAX, {
      message: `The description must have at most ${DESCRIPTION_MAX} characters.`,
    }),
    Matches(STORABLE, { message: 'The description must not contain NUL or broken characters.' }),
  );

export const IsTaskCompleted = () => IsBoolean({ message: 'completed must be true or false.' });
