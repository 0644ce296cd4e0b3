import { ValidateIf } from 'class-validator';

/** The field may be left out. Unlike `@IsOptional()` it may not be null. */
export const MayBeAbsent = () => ValidateIf((_object, value) => value !== undefined);

/** The field may be left out, or be null. */
export const MayBeNull = () =>
  ValidateIf((_object, value) => value !== undefined && value !== null);
