import type { Principal } from '../principal.js';
import type { RefusalCode } from '../refusal.codes.js';

/** The outcome of a check: refusing is expected, so it is returned and not thrown. */
export type Verdict<T> =
  | { ok: true; value: T }
  /** `principal`: whose token it was, where that is proven. */
  | { ok: false; code: RefusalCode; claim?: string; principal?: Principal };

export const accept = <T>(value: T): Verdict<T> => ({ ok: true, value });

export const refuse = (code: RefusalCode, claim?: string): Verdict<never> =>
  claim === undefined ? { ok: false, code } : { ok: false, code, claim };
