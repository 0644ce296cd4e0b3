/** Injection token: requests per minute and caller; 0 for no limit. */
export const RATE_LIMIT = Symbol('RATE_LIMIT');
