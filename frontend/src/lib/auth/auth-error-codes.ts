/** Every refusal of ours, with its status and its sentence. Better Auth's own codes pass through. */
export const AUTH_ERRORS = {
  INVALID_PASSWORD: [400, 'That is not your current password.'],
  INVALID_TOKEN: [400, 'This link was used already, or is too old. Ask for a new one.'],
  NO_SESSION: [401, 'There is no live session: sign in.'],
  ACCOUNT_SUSPENDED: [403, 'This account is suspended.'],
  FOREIGN_ORIGIN: [403, 'This request did not come from our own pages.'],
  NOT_FOUND: [404, 'There is nothing at this address.'],
  SESSION_NOT_FOUND: [404, 'You have no such session. It may have ended already.'],
  METHOD_NOT_ALLOWED: [405, 'This address does not answer that method.'],
  BODY_TOO_LARGE: [413, 'The request is larger than any form of ours.'],
  EMAIL_ALREADY_USED: [422, 'There is already an account with this e-mail. Sign in instead.'],
  TOO_MANY_REQUESTS: [429, 'Too many attempts. Wait a moment, then try again.'],
  INTERNAL_ERROR: [500, 'Something went wrong on our side.'],
  OVERLOADED: [503, 'Too many people are signing in right now. Try again in a moment.'],
  SERVICE_UNAVAILABLE: [503, 'We cannot reach our database right now. Try again in a moment.'],
} as const satisfies Record<string, readonly [status: number, message: string]>;

export type AuthErrorCode = keyof typeof AUTH_ERRORS;
