import type { RefusalException } from './refusal.exception.js';
import type { KeysUnavailableError } from './verification/key.set.js';

/**
 * What an application does about refused tokens besides refusing: count them, record them. Provide
 * a subclass in a global module and the guard calls it before the refusal is answered.
 */
export abstract class RefusalObserver {
  /**
   * @param request the request as the HTTP adapter knows it
   * @throws anything that should be answered in place of the refusal, such as a 429
   */
  abstract refused(
    refusal: RefusalException | KeysUnavailableError,
    request: object,
  ): Promise<void> | void;
}
