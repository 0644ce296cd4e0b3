import { Injectable, NotFoundException, type PipeTransform } from '@nestjs/common';

const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** Whatever is no id of a task names no task: 404, as for one that is not yours. */
@Injectable()
export class TaskIdPipe implements PipeTransform<string, string> {
  transform(id: string): string {
    if (UUID.test(id)) return id;
    throw new NotFoundException();
  }
}
