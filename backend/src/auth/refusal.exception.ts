import { HttpException } from '@nestjs/common';
import type { Principal } from './principal.js';
import { refusals, type RefusalCode } from './refusal.codes.js';
import { withoutStackTrace } from './without-stack-trace.js';

/**
 * A request refused for what it carries, or does not carry, to identify its user.
 *
 * @see refusals for each code's status and challenge
 */
export class RefusalException extends HttpException {
  override name = 'RefusalException';
  /** What the client may know: `missing_token`, `invalid_token` or `forbidden`. */
  readonly publicCode: (typeof refusals)[RefusalCode]['publicCode'];
  /** The value of `WWW-Authenticate`, where the status wants one (RFC 9110, 11.6.1). */
  readonly challenge: string | undefined;

  /**
   * @param code the exact reason, for logs only
   * @param claim the claim or header member at fault, for logs only
   * @param principal whose token it was, where that is proven; nobody is let in by it
   */
  constructor(
    readonly code: RefusalCode,
    readonly claim?: string,
    readonly principal?: Principal,
  ) {
    const { status, publicCode, challenge } = refusals[code];
    super({ statusCode: status, code: publicCode }, status);
    this.publicCode = publicCode;
    this.challenge = challenge;
  }
}

/** A refusing verdict as what guards throw: an expected outcome, so without a stack trace. */
export const toRefusal = ({
  code,
  claim,
  principal,
}: {
  code: RefusalCode;
  claim?: string;
  principal?: Principal;
}) => withoutStackTrace(() => new RefusalException(code, claim, principal));
