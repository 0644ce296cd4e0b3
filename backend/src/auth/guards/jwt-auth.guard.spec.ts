import { Injectable, UnauthorizedException, UseGuards } from '@nestjs/common';
import { FOREIGN_SECRET, ISSUER, mint } from '../../../test/support/token.minter.js';
import {
  contextOf,
  guardOf,
  refusal,
  requestWith,
} from '../../../test/verification/guarded.request.js';
import { Authenticated } from '../decorators/authenticated.decorator.js';
import { OwnedBy } from '../decorators/owned-by.decorator.js';
import { Public } from '../decorators/public.decorator.js';
import { JwtStrategy } from '../jwt.strategy.js';
import { principalOf, type Principal } from '../principal.js';
import { RefusalException } from '../refusal.exception.js';
import type { RefusalObserver } from '../refusal.observer.js';
import { KeysUnavailableError } from '../verification/key.set.js';
import type { TokenVerifier } from '../verification/token.verifier.js';
import { JwtAuthGuard } from './jwt-auth.guard.js';
import { UserOwnershipGuard } from './user-ownership.guard.js';

class Plain {
  read() {}
}

class StricterGuard extends JwtAuthGuard {}

class OtherGuard {
  canActivate = () => true;
}

@Public()
class Open {
  read() {}
  @Authenticated()
  authenticated() {}
  @OwnedBy()
  owned() {}
  @UseGuards(JwtAuthGuard)
  byGuard() {}
  @UseGuards(UserOwnershipGuard)
  byOwnership() {}
  @UseGuards(StricterGuard)
  bySubclass() {}
  @UseGuards({ canActivate: () => true }, Object.create(JwtAuthGuard.prototype))
  byInstance() {}
  @UseGuards({ canActivate: () => true })
  byOther() {}
  @UseGuards(OtherGuard)
  byOtherClass() {}
}

@Authenticated()
class Closed {
  read() {}
  @Public()
  open() {}
}

describe('JwtAuthGuard', () => {
  it('lets a good token pass at once, and says whose it is (FR-018)', async () => {
    const [guard, request] = [await guardOf(), requestWith(mint('ada'))];
    expect(guard.canActivate(contextOf(request, Plain))).toBe(true);
    expect(principalOf(request)).toMatchObject({ userId: 'ada', sessionId: 'session-of-ada' });
    expect(request.user).toBe(principalOf(request));
  });

  it('reads the request of either HTTP adapter', async () => {
    const guard = await guardOf();
    expect(guard.canActivate(contextOf({ raw: requestWith(mint('ada')) }, Plain))).toBe(true);
    expect(() => guard.canActivate(contextOf({}, Plain))).toThrow(refusal('missing_token'));
  });

  it('refuses at once, by the exact code, and names nobody', async () => {
    const [guard, request] = [await guardOf(), requestWith(mint('ada', { claims: { sid: 1 } }))];
    expect(() => guard.canActivate(contextOf(request, Plain))).toThrow(
      refusal('invalid_claim', 'sid'),
    );
    expect(() => guard.canActivate(contextOf(requestWith(), Plain))).toThrow(
      refusal('missing_token'),
    );
    expect(principalOf(request)).toBeUndefined();
    expect(request).not.toHaveProperty('user');
  });

  it('verifies a request once, however often it is asked', async () => {
    const [guard, request] = [await guardOf(), requestWith(mint('ada'))];
    expect(guard.canActivate(contextOf(request, Plain))).toBe(true);
    request.rawHeaders = ['Authorization', 'Bearer garbage'];
    expect(guard.canActivate(contextOf(request, Plain))).toBe(true);
  });

  it('believes no user that somebody else has put on the request', async () => {
    const request = Object.assign(requestWith(), { user: { userId: 'eve' } });
    const guard = await guardOf();
    expect(() => guard.canActivate(contextOf(request, Plain))).toThrow(refusal('missing_token'));
  });
});

describe('JwtAuthGuard asks for no token', () => {
  it.each([
    [Open, 'read', true],
    [Open, 'authenticated', false],
    [Open, 'owned', false],
    [Open, 'byGuard', false],
    [Open, 'byOwnership', false],
    [Open, 'bySubclass', false],
    [Open, 'byInstance', false],
    [Open, 'byOther', true],
    [Open, 'byOtherClass', true],
    [Closed, 'read', false],
    [Closed, 'open', true],
    [Plain, 'read', false],
  ])('where the nearest word is @Public(): %p.%s → %j', async (controller, method, isOpen) => {
    const guard = await guardOf();
    const context = contextOf(requestWith(), controller, method);
    const answer = async () => guard.canActivate(context);
    expect(await answer().catch((error: RefusalException) => error.code)).toBe(
      isOpen ? true : 'missing_token',
    );
  });

  it('there, and so looks at none either', async () => {
    const request = requestWith(mint('ada'));
    expect((await guardOf()).canActivate(contextOf(request, Open))).toBe(true);
    expect(principalOf(request)).toBeUndefined();
  });
});

describe('JwtAuthGuard where the key has to be fetched', () => {
  /** The verdicts of the real verifier, a moment later. */
  async function later(outage?: Error) {
    const real = (await guardOf())['verifier'];
    const verifier: TokenVerifier = Object.create(real, {
      verify: {
        value: async (token: string) => {
          if (outage !== undefined) throw outage;
          return real.verify(token);
        },
      },
    });
    return guardOf({ verifier });
  }

  it('decides when it is there', async () => {
    const [guard, request] = [await later(), requestWith(mint('ada'))];
    const answer = guard.canActivate(contextOf(request, Plain));
    expect(answer).toBeInstanceOf(Promise);
    expect(await answer).toBe(true);
    expect(principalOf(request)).toMatchObject({ userId: 'ada' });
    const forged = mint('ada', { secret: FOREIGN_SECRET });
    await expect(guard.canActivate(contextOf(requestWith(forged), Plain))).rejects.toEqual(
      refusal('unknown_key'),
    );
  });

  it('passes an outage on as it is: it is no refusal', async () => {
    const outage = new KeysUnavailableError('out');
    const guard = await later(outage);
    const answer = guard.canActivate(contextOf(requestWith(mint('ada')), Plain));
    await expect(answer).rejects.toBe(outage);
  });
});

describe('JwtAuthGuard and a strategy of the application', () => {
  /** What `validate()` gives or throws, for a good token. */
  const withStrategy = async (validate: JwtStrategy['validate']) => {
    @Injectable()
    class Stricter extends JwtStrategy {
      override validate = validate;
    }
    const request = requestWith(mint('ada'));
    const guard = await guardOf({}, Stricter);
    return { request, answer: async () => guard.canActivate(contextOf(request, Plain)) };
  };
  const bob: Principal = {
    userId: 'bob',
    email: 'b@b',
    sessionId: 's',
    tokenId: 'j',
    issuedAt: 0,
    expiresAt: 1,
  };

  it('takes its principal', async () => {
    const { request, answer } = await withStrategy(async () => bob);
    expect(await answer()).toBe(true);
    expect(principalOf(request)).toBe(bob);
    expect(request.user).toBe(bob);
  });

  it('hands it the verified claims', async () => {
    const seen: unknown[] = [];
    const { answer } = await withStrategy((claims) => {
      seen.push(claims);
      return bob;
    });
    await answer();
    expect(seen).toEqual([expect.objectContaining({ sub: 'ada', iss: ISSUER })]);
  });

  it.each([undefined, null, false])('takes %j for a refusal', async (nobody) => {
    const { request, answer } = await withStrategy(() => nobody as unknown as Principal);
    await expect(answer()).rejects.toEqual(refusal('rejected'));
    expect(principalOf(request)).toBeUndefined();
  });

  it.each([
    [new UnauthorizedException(), 'rejected'],
    [new RefusalException('owner_gone'), 'owner_gone'],
  ])('takes %p for a refusal, and passes it on as %s', async (thrown, code) => {
    const { answer } = await withStrategy(() => {
      throw thrown;
    });
    await expect(answer()).rejects.toEqual(refusal(code));
  });

  it('passes anything else that it throws on as it is', async () => {
    const surprise = new Error('the database is gone');
    const { answer } = await withStrategy(() => Promise.reject(surprise));
    await expect(answer()).rejects.toBe(surprise);
  });

  it('does not ask it about a token that was refused', async () => {
    const validate = jest.fn(() => bob);
    const { request, answer } = await withStrategy(validate);
    request.rawHeaders = ['Authorization', 'Bearer garbage'];
    await expect(answer()).rejects.toEqual(refusal('malformed_token'));
    expect(validate).not.toHaveBeenCalled();
  });
});

describe('JwtAuthGuard tells the observer of refusals', () => {
  const recorder = (outcome?: () => Promise<void>) => {
    const seen: unknown[] = [];
    const observer: RefusalObserver = {
      refused: (refused, request) => {
        seen.push(['code' in refused ? refused.code : refused.name, request]);
        return outcome?.();
      },
    };
    return { seen, observer };
  };

  it('each once, with its request, and of nothing else', async () => {
    const { seen, observer } = recorder();
    const guard = await guardOf({ observer });
    const request = requestWith();
    expect(guard.canActivate(contextOf(requestWith(mint('ada')), Plain))).toBe(true);
    expect(seen).toEqual([]);
    expect(() => guard.canActivate(contextOf(request, Plain))).toThrow(refusal('missing_token'));
    expect(seen).toEqual([['missing_token', request]]);
  });

  it('and waits for it', async () => {
    const steps: string[] = [];
    const { observer } = recorder(async () => {
      await Promise.resolve();
      steps.push('recorded');
    });
    const guard = await guardOf({ observer });
    await expect(guard.canActivate(contextOf(requestWith(), Plain))).rejects.toEqual(
      refusal('missing_token'),
    );
    expect(steps).toEqual(['recorded']);
  });

  it('and answers what the observer throws in place of the refusal', async () => {
    const tooMany = new Error('429');
    const { observer } = recorder(() => Promise.reject(tooMany));
    const guard = await guardOf({ observer });
    await expect(guard.canActivate(contextOf(requestWith(), Plain))).rejects.toBe(tooMany);
  });

  it('but not of surprises', async () => {
    const { seen, observer } = recorder();
    const guard = await guardOf({ observer });
    const surprise = new Error('surprise');
    expect(() => guard.handleRequest(surprise, false, undefined, contextOf({}, Plain))).toThrow(
      surprise,
    );
    expect(seen).toEqual([]);
  });
});
