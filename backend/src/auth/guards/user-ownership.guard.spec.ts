import { Reflector } from '@nestjs/core';
import { ExecutionContextHost } from '@nestjs/core/helpers/execution-context-host.js';
import { OwnedBy } from '../decorators/owned-by.decorator.js';
import { ownerOf, setPrincipal } from '../principal.js';
import { UserOwnershipGuard } from './user-ownership.guard.js';

class Plain {
  byDefault() {}
  @OwnedBy('accountId')
  byAccount() {}
}

@OwnedBy('tenantId')
class OfTenants {
  byController() {}
  @OwnedBy('accountId')
  byAccount() {}
}

const ada = {
  userId: 'ada',
  email: 'ada@example.com',
  sessionId: 's',
  tokenId: 'j',
  issuedAt: 0,
  expiresAt: 1,
};

/** Asks about a request of Ada's, or of nobody's; gives what it answered and what is known after. */
function ask(controller: new () => object, method: string, params?: object, who = true) {
  const request = params === undefined ? {} : { params };
  if (who) setPrincipal(request, ada);
  const handler: unknown = Reflect.get(controller.prototype, method);
  const context = new ExecutionContextHost([request], controller, handler as () => void);
  const guard = new UserOwnershipGuard(new Reflector());
  return { request, answer: () => guard.canActivate(context) };
}

describe('UserOwnershipGuard (FR-019, FR-021)', () => {
  it('lets the owner in, and mints the id that repositories want', () => {
    const { request, answer } = ask(Plain, 'byDefault', { userId: 'ada' });
    expect(ownerOf(request)).toBeUndefined();
    expect(answer()).toBe(true);
    expect(ownerOf(request)).toBe('ada');
  });

  it.each(['bob', 'Ada', 'ada ', '', 'ad', 'ada/x', 7, null, ['ada'], { toString: () => 'ada' }])(
    'refuses %j with 403, and mints nothing',
    (userId) => {
      const { request, answer } = ask(Plain, 'byDefault', { userId });
      expect(answer).toThrow(expect.objectContaining({ code: 'foreign_owner', status: 403 }));
      expect(ownerOf(request)).toBeUndefined();
    },
  );

  it('refuses who is nobody with 401, whatever the route says', () => {
    for (const params of [{ userId: 'ada' }, { userId: 'undefined' }, {}, undefined]) {
      const { request, answer } = ask(Plain, 'byDefault', params, false);
      expect(answer).toThrow(expect.objectContaining({ code: 'missing_token', status: 401 }));
      expect(ownerOf(request)).toBeUndefined();
    }
  });

  it.each([
    [Plain, 'byDefault', 'userId'],
    [Plain, 'byAccount', 'accountId'],
    [OfTenants, 'byController', 'tenantId'],
    [OfTenants, 'byAccount', 'accountId'],
  ])('looks at the parameter that is declared nearest: %p.%s → %s', (controller, method, name) => {
    const others = { userId: 'bob', accountId: 'bob', tenantId: 'bob' };
    expect(ask(controller, method, { ...others, [name]: 'ada' }).answer()).toBe(true);
    const foreign = { userId: 'ada', accountId: 'ada', tenantId: 'ada', [name]: 'bob' };
    expect(ask(controller, method, foreign).answer).toThrow(
      expect.objectContaining({ code: 'foreign_owner' }),
    );
  });

  it('fails closed on a route without the parameter, and names handler and parameter', () => {
    const message =
      'Plain.byAccount: the route has no parameter ":accountId" to check the owner by';
    for (const params of [{ userId: 'ada' }, {}, undefined]) {
      const { request, answer } = ask(Plain, 'byAccount', params);
      expect(answer).toThrow(new Error(message));
      expect(ownerOf(request)).toBeUndefined();
    }
  });
});
