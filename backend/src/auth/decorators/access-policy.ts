/** Who may call a route. A route that says nothing is `authenticated`, by the global guard. */
export type AccessPolicy = 'public' | 'authenticated' | 'owned';

/**
 * Metadata key of the {@link AccessPolicy}. A handler's overrides its controller's for authentication;
 * an ownership check that the controller asks for runs all the same.
 */
export const ACCESS_POLICY = 'tessera:access-policy';

/** Metadata key of the route parameter that names the owner. */
export const OWNER_PARAMETER = 'tessera:owner-parameter';

export const DEFAULT_OWNER_PARAMETER = 'userId';
