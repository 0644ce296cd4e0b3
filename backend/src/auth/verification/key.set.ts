import { ServiceUnavailableException } from '@nestjs/common';
import type { VerificationKey } from './verification.key.js';

/** The keys that verify at this moment. */
export interface KeySet {
  /** `false` while there are no keys at all, so that no token can be judged. */
  readonly isReady?: boolean;
  /**
   * The key that `kid` names, or `undefined` when there is none. A promise only where keys have to be
   * fetched first. A key that is withdrawn is no longer found, and one that stays is the same object
   * as before: what was verified with a key counts for as long as this returns that very key.
   *
   * @param kid `undefined` for a token without one
   * @throws KeysUnavailableError when nobody can say, because keys cannot be fetched
   */
  find(kid: string | undefined): VerificationKey | undefined | Promise<VerificationKey | undefined>;
}

/** The keys cannot be had right now: an outage, which says nothing about the token. */
export class KeysUnavailableError extends ServiceUnavailableException {
  override name = 'KeysUnavailableError';
}

/** Injection token of the application's {@link KeySet}. */
export const KEY_SET = Symbol('KEY_SET');
