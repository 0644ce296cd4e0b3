import { ServiceUnavailableException } from '@nestjs/common';

/** What is known of revoked sessions at this moment. Asked once per request, so without I/O. */
export interface Revocation {
  /** `false` while nobody can say which tokens are revoked. */
  readonly isReady: boolean;
  /**
   * Whether the session of a token, its `sid`, was revoked.
   *
   * @throws RevocationUnavailableError when nobody can say
   */
  isRevoked(sessionId: string): boolean;
}

/** It is not known what was revoked lately: an outage, which says nothing about the token. */
export class RevocationUnavailableError extends ServiceUnavailableException {
  override name = 'RevocationUnavailableError';
}

/** For tokens that nobody revokes: they live until they expire. */
export const NO_REVOCATION: Revocation = { isReady: true, isRevoked: () => false };

/** Injection token of the application's {@link Revocation}. */
export const REVOCATION = Symbol('REVOCATION');
