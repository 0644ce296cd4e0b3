/** Everything that is recorded (FR-026). `session_revoked` is the database's own, by a trigger. */
export type SecurityEventKind =
  | 'sign_up'
  | 'sign_in'
  | 'sign_out'
  | 'session_ended'
  | 'session_revoked'
  | 'password_changed'
  | 'password_reset_requested'
  | 'password_reset'
  | 'email_verified'
  | 'token_refused'
  | 'foreign_route_refused'
  | 'rate_limited'
  | 'foreign_origin_refused'
  | 'overloaded';

/** `failure`: the credentials were wrong. `refused`: whatever they were. */
export type SecurityEventOutcome = 'success' | 'failure' | 'refused';

/** What an app tells the recorder. Never a token or a password. */
export interface SecurityEvent {
  readonly kind: Exclude<SecurityEventKind, 'session_revoked'>;
  readonly outcome: SecurityEventOutcome;
  /** One of a few words of ours. */
  readonly reason?: string | undefined;
  /** Only where it is proven who it is. */
  readonly userId?: string | undefined;
  /** Finds the user, and is not stored. */
  readonly email?: string | undefined;
  /** A keyed hash of the e-mail: kept where no user has it. */
  readonly subjectHash?: string | undefined;
  readonly sessionId?: string | undefined;
  readonly ip?: string | undefined;
  readonly userAgent?: string | undefined;
  readonly requestId?: string | undefined;
}

/** Who noticed. */
export type SecurityEventSource = 'web' | 'api';
