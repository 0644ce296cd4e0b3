const MINUTE = 60;

/** For what guesses passwords and tokens, or sends mail. */
const SENSITIVE = { window: MINUTE, max: 10 };

/** For what an open page does by itself; many browsers may share one address. */
export const DEFAULT_RATE_LIMIT = { window: MINUTE, max: 600 };

/** Requests per minute and client network (FR-023): an IPv4 address, or 64 bits of an IPv6 address. */
export function rateLimitRules(limits: { signIn: number; signUp: number }) {
  return {
    '/sign-in/email': { window: MINUTE, max: limits.signIn },
    '/sign-up/email': { window: MINUTE, max: limits.signUp },
    '/change-password': SENSITIVE,
    '/request-password-reset': SENSITIVE,
    '/reset-password': SENSITIVE,
    '/send-verification-email': SENSITIVE,
    '/verify-email': SENSITIVE,
  };
}
