import {
  Inject,
  Injectable,
  Optional,
  UnauthorizedException,
  type ExecutionContext,
} from '@nestjs/common';
import { GUARDS_METADATA } from '@nestjs/common/constants.js';
import { Reflector } from '@nestjs/core';
import { AuthGuard } from '@nestjs/passport';
import { authenticateBearer } from '../bearer.authenticator.js';
import { ACCESS_POLICY, type AccessPolicy } from '../decorators/access-policy.js';
import type { JwtStrategy } from '../jwt.strategy.js';
import { principalOf, setPrincipal, type Principal } from '../principal.js';
import { RefusalException, toRefusal } from '../refusal.exception.js';
import { RefusalObserver } from '../refusal.observer.js';
import { StrategyInUse } from '../strategy.in-use.js';
import type { AccessTokenClaims } from '../verification/access-token.claims.js';
import { KeysUnavailableError } from '../verification/key.set.js';
import { TokenVerifier, type VerifiedToken } from '../verification/token.verifier.js';
import type { Verdict } from '../verification/verdict.js';
import { RouteMemo } from './route.memo.js';
import { UserOwnershipGuard } from './user-ownership.guard.js';

/**
 * Lets a request pass when it carries a valid access token, or when its route is `@Public()`.
 * Registered globally by `AuthModule`, so a route without any decorator is protected. It may stand in
 * `@UseGuards(JwtAuthGuard, …)` as well: a request that was authenticated once is not verified again,
 * but a subclass that overrides `handleRequest()` is asked about its principal.
 *
 * Decides at once, without a promise, unless a key has to be fetched or the application overrides
 * `JwtStrategy.validate()`. It asks that strategy itself and not passport's registry, which is one for
 * the whole process: another application in it, or another strategy called `jwt`, changes nothing here.
 */
@Injectable()
export class JwtAuthGuard extends AuthGuard('jwt') {
  private readonly isPublic: RouteMemo<boolean>;

  constructor(
    reflector: Reflector,
    @Inject(TokenVerifier) private readonly verifier: TokenVerifier,
    @Inject(StrategyInUse) private readonly strategy: StrategyInUse,
    @Optional() private readonly observer?: RefusalObserver,
  ) {
    super();
    this.isPublic = new RouteMemo((handler, controller) =>
      isPublicRoute(reflector, handler, controller),
    );
  }

  override canActivate(context: ExecutionContext): boolean | Promise<boolean> {
    const request = context.switchToHttp().getRequest<object>();
    if (this.isPublic.get(context)) return true;
    const known = principalOf(request);
    if (known !== undefined) return !this.hasOwnSay() || this.conclude(context, known);
    let verdict: ReturnType<typeof authenticateBearer>;
    try {
      verdict = authenticateBearer(request, this.verifier);
    } catch (error) {
      return this.refuse(error, request);
    }
    if (!(verdict instanceof Promise)) return this.decide(context, verdict);
    return verdict.then(
      (fetched) => this.decide(context, fetched),
      (error: unknown) => this.refuse(error, request),
    );
  }

  /** What was found: an error (a surprise, thrown as it is), a principal, or why there is none. */
  override handleRequest<TUser = Principal>(
    error: unknown,
    principal: TUser | false,
    info: unknown,
    context: ExecutionContext,
  ): TUser {
    if (error) throw error;
    if (!principal)
      throw info instanceof RefusalException ? info : new RefusalException('rejected');
    setPrincipal(context.switchToHttp().getRequest<object>(), principal as unknown as Principal);
    return principal;
  }

  /** Whether a subclass decides who passes: by a method, or by a field, which is there only later. */
  private hasOwnSay(): boolean {
    return this.handleRequest !== JwtAuthGuard.prototype.handleRequest;
  }

  private decide(
    context: ExecutionContext,
    verdict: Verdict<VerifiedToken>,
  ): boolean | Promise<boolean> {
    if (!verdict.ok) return this.conclude(context, false, toRefusal(verdict));
    const { claims, principal } = verdict.value;
    const { overridden } = this.strategy;
    return overridden === undefined
      ? this.conclude(context, principal)
      : this.validate(context, overridden, claims);
  }

  private async validate(
    context: ExecutionContext,
    strategy: JwtStrategy,
    claims: AccessTokenClaims,
  ): Promise<boolean> {
    let principal: Principal | false;
    try {
      principal = await strategy.validate(claims);
    } catch (error) {
      const refusal = refusalOf(error);
      if (refusal === undefined) throw error;
      return this.conclude(context, false, refusal);
    }
    return this.conclude(context, principal);
  }

  /** `request.user` is what Nest developers expect; what we ourselves believe is `principalOf()`. */
  private conclude(
    context: ExecutionContext,
    principal: Principal | false,
    refusal?: RefusalException,
  ): boolean | Promise<boolean> {
    const request = context.switchToHttp().getRequest<{ user?: Principal }>();
    try {
      request.user = this.handleRequest(null, principal, refusal, context);
      return true;
    } catch (error) {
      return this.refuse(error, request);
    }
  }

  /** Missing keys are nobody's fault, but who brings unknown ones can meet as many as they like. */
  private refuse(error: unknown, request: object): never | Promise<never> {
    const isObserved = error instanceof RefusalException || error instanceof KeysUnavailableError;
    const observed = isObserved ? this.observer?.refused(error, request) : undefined;
    if (observed === undefined) throw error;
    return observed.then(() => {
      throw error;
    });
  }
}

/** What a strategy of the application's own throws to refuse; anything else is a surprise. */
function refusalOf(error: unknown): RefusalException | undefined {
  if (error instanceof UnauthorizedException) return new RefusalException('rejected');
  return error instanceof RefusalException ? error : undefined;
}

type Handler = ReturnType<ExecutionContext['getHandler']>;
type Controller = ReturnType<ExecutionContext['getClass']>;

/**
 * The handler's own word counts before its controller's. Who names a guard of ours wants it asked,
 * `@Public()` beside it or not.
 */
function isPublicRoute(reflector: Reflector, handler: Handler, controller: Controller): boolean {
  for (const target of [handler, controller]) {
    if (namesGuardOfOurs(target)) return false;
    const policy = reflector.get<AccessPolicy | undefined>(ACCESS_POLICY, target);
    if (policy !== undefined) return policy === 'public';
  }
  return false;
}

function namesGuardOfOurs(handler: object): boolean {
  const guards: unknown = Reflect.getMetadata(GUARDS_METADATA, handler);
  const ours = [JwtAuthGuard, UserOwnershipGuard];
  return (
    Array.isArray(guards) && guards.some((guard) => ours.some((our) => isOrExtends(guard, our)))
  );
}

/** `@UseGuards()` takes classes as well as instances. */
function isOrExtends(
  guard: unknown,
  our: typeof JwtAuthGuard | typeof UserOwnershipGuard,
): boolean {
  if (guard instanceof our) return true;
  return typeof guard === 'function' && (guard === our || guard.prototype instanceof our);
}
