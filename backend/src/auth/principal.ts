import type { OwnerId } from '@tessera/database';

/** The authenticated user of a request, as its verified token says (FR-018). Frozen. */
export interface Principal {
  /** `user_id`, which equals `sub`. */
  readonly userId: string;
  readonly email: string;
  /** `sid`: the session that the token was issued for. */
  readonly sessionId: string;
  /** `jti` */
  readonly tokenId: string;
  /** `iat`, unix seconds. */
  readonly issuedAt: number;
  /** `exp`, unix seconds. */
  readonly expiresAt: number;
}

interface Identity {
  readonly principal: Principal;
  owner: OwnerId | undefined;
}

const identities = new WeakMap<object, Identity>();

/** The principal of a request, or `undefined` where no token was verified. Nothing else can set it. */
export const principalOf = (request: object): Principal | undefined =>
  identities.get(request)?.principal;

/** For the authentication guard alone. An owner that was checked stays with its principal. */
export function setPrincipal(request: object, principal: Principal): void {
  if (principalOf(request) === principal) return;
  identities.set(request, { principal, owner: undefined });
}

/** The owner whose rows this request may reach, or `undefined` where ownership was not checked. */
export const ownerOf = (request: object): OwnerId | undefined => identities.get(request)?.owner;

/**
 * For the ownership guard alone: this is where an `OwnerId` comes from, and nowhere else. Without a
 * principal there is none.
 */
export function mintOwner(request: object): void {
  const identity = identities.get(request);
  if (identity !== undefined) identity.owner = identity.principal.userId as OwnerId;
}
