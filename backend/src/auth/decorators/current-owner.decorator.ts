import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { OwnerId } from '@tessera/database';
import { ownerOf } from '../principal.js';

/**
 * The `OwnerId` that repositories ask for: proof that the ownership check ran for this request.
 *
 * @throws Error (answered 500) on a route without that check
 */
export const CurrentOwner = createParamDecorator(
  (_data: unknown, context: ExecutionContext): OwnerId => {
    const owner = ownerOf(context.switchToHttp().getRequest<object>());
    if (owner !== undefined) return owner;
    throw new Error('@CurrentOwner() on a route without ownership check: add @OwnedBy()');
  },
);
