import { Injectable, type PipeTransform } from '@nestjs/common';
import { InvalidRequestException } from './invalid-request.exception.js';

/** For PATCH: a change that changes nothing is a mistake of the caller's, and is said so. */
@Injectable()
export class AtLeastOneFieldPipe<T extends object> implements PipeTransform<T, T> {
  transform(changes: T): T {
    if (Object.values(changes).some((value) => value !== undefined)) return changes;
    throw new InvalidRequestException([
      { field: 'body', message: 'Name at least one field to change.' },
    ]);
  }
}
