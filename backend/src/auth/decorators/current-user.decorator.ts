import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import { principalOf, type Principal } from '../principal.js';

/**
 * The {@link Principal} of the request.
 *
 * @throws Error (answered 500) on a public route, which has none
 */
export const CurrentUser = createParamDecorator(
  (_data: unknown, context: ExecutionContext): Principal => {
    const principal = principalOf(context.switchToHttp().getRequest<object>());
    if (principal !== undefined) return principal;
    throw new Error('@CurrentUser() on a route that authenticates nobody: remove @Public()');
  },
);
