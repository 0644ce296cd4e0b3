import { ValidateBy } from 'class-validator';

/** A place in the list: the last task of a page. Opaque to clients. */
export interface TaskCursor {
  readonly createdAt: Date;
  readonly id: string;
}

const DECODED = /^([0-9]{1,13}) ([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/;

export function encodeTaskCursor({ createdAt, id }: TaskCursor): string {
  return Buffer.from(`${createdAt.getTime()} ${id}`).toString('base64url');
}

/** @returns `undefined` for anything that {@link encodeTaskCursor} did not write */
export function decodeTaskCursor(text: unknown): TaskCursor | undefined {
  if (typeof text !== 'string' || text.length > 100) return undefined;
  const [, time, id] = DECODED.exec(Buffer.from(text, 'base64url').toString('latin1')) ?? [];
  if (time === undefined || id === undefined) return undefined;
  const cursor = { createdAt: new Date(Number(time)), id };
  return encodeTaskCursor(cursor) === text ? cursor : undefined;
}

export const IsTaskCursor = () =>
  ValidateBy({
    name: 'isTaskCursor',
    validator: {
      validate: (value) => decodeTaskCursor(value) !== undefined,
      defaultMessage: () => 'cursor must be the nextCursor of an earlier page.',
    },
  });
