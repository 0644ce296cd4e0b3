/**
 * The public API of authentication: import from here, and from nothing deeper.
 *
 * - `AuthModule.forRoot()` protects every route of an application.
 * - `@Public()`, `@Authenticated()`, `@OwnedBy('userId')` say who may call a route; the guards
 *   `JwtAuthGuard` and `UserOwnershipGuard` are there for `@UseGuards(…)` in this order.
 * - `@CurrentUser()` gives the principal, `@CurrentOwner()` the id that repositories want.
 */
export { AuthModule, type AuthModuleAsyncOptions } from './auth.module.js';
export {
  AUTH_OPTIONS,
  type AuthModuleOptions,
  type ResolvedAuthOptions,
  type RevocationOptions,
} from './auth.options.js';
export type { ClaimsOptions } from './claims.options.js';
export { JwtStrategy } from './jwt.strategy.js';
export { principalOf, type Principal } from './principal.js';
export { refusals, type RefusalCode } from './refusal.codes.js';
export { explainRefusal } from './refusal.explanations.js';
export { RefusalException } from './refusal.exception.js';
export { RefusalObserver } from './refusal.observer.js';
export {
  REVOCATION,
  RevocationUnavailableError,
  type Revocation,
} from './revocation/revocation.js';
export { JwtAuthGuard } from './guards/jwt-auth.guard.js';
export { UserOwnershipGuard } from './guards/user-ownership.guard.js';
export { ACCESS_TOKEN_SCHEME } from './decorators/api-access-token.decorator.js';
export { Authenticated } from './decorators/authenticated.decorator.js';
export type { OwnerId } from '@tessera/database';
export { CurrentOwner } from './decorators/current-owner.decorator.js';
export { CurrentUser } from './decorators/current-user.decorator.js';
export { OwnedBy } from './decorators/owned-by.decorator.js';
export { Public } from './decorators/public.decorator.js';
export { KEY_SET, KeysUnavailableError, type KeySet } from './verification/key.set.js';
export { SharedSecretKeys } from './verification/shared-secret.keys.js';
export { TokenVerifier, type VerifiedToken } from './verification/token.verifier.js';
export type { AccessTokenClaims } from './verification/access-token.claims.js';
