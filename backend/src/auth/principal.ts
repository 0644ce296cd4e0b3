import type { OwnerId } from '@tessera/database';

/** The authenticated user of a request, as its verified token says (FR-018). */
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

const principals = new WeakMap<object, Principal>();
const owners = new WeakMap<object, OwnerId>();

/** The principal of a request, or `undefined` where no token was verified. Nothing else can set it. */
export const principalOf = (request: object): Principal | undefined => principals.get(request);

/** For the authentication guard alone. */
export function setPrincipal(request: object, principal: Principal): void {
  principals.set(request, principal);
}

/** The owner whose rows this request may reach, or `undefined` where ownership was not checked. */
export const ownerOf = (request: object): OwnerId | undefined => owners.get(request);

/** For the ownership guard alone: this is where an `OwnerId` comes from, and nowhere else. */
export function mintOwner(request: object, principal: Principal): void {
  owners.set(request, principal.userId as OwnerId);
}
