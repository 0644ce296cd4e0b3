import { ConfigurationError, secretText } from '@tessera/database/contract';

/** How {@link AuthModule} verifies access tokens. */
export interface AuthModuleOptions {
  /** Signs (in tools and tests) and verifies. Its UTF-8 bytes are the key: at least 32 random ones. */
  readonly secret: string;
  /** Secrets that verify only, for a rotation with no failed request. Default: none. */
  readonly acceptedSecrets?: readonly string[];
  /** What `iss` must be, exactly. */
  readonly issuer: string;
  /** What `aud` must be or contain. */
  readonly audience: string;
  /** How far the clocks of issuer and API may differ, 0 to 60 seconds. Default 5. */
  readonly clockToleranceSeconds?: number;
  /** The current time in milliseconds. Default `Date.now`; tests freeze it. */
  readonly now?: () => number;
}

export type ResolvedAuthOptions = Required<AuthModuleOptions>;

/** Injection token of the {@link ResolvedAuthOptions}. */
export const AUTH_OPTIONS = Symbol('AUTH_OPTIONS');

/**
 * Fills in the defaults.
 *
 * @throws ConfigurationError naming the option that is wrong, never its value
 */
export function resolveAuthOptions(options: AuthModuleOptions): ResolvedAuthOptions {
  const { acceptedSecrets = [], clockToleranceSeconds = 5, now = Date.now } = options;
  requireSecret('secret', options.secret);
  acceptedSecrets.forEach((secret, index) => requireSecret(`acceptedSecrets[${index}]`, secret));
  requireText('issuer', options.issuer);
  requireText('audience', options.audience);
  if (!(clockToleranceSeconds >= 0 && clockToleranceSeconds <= 60)) {
    throw new ConfigurationError('AuthModule option clockToleranceSeconds: must be 0 to 60');
  }
  return { ...options, acceptedSecrets, clockToleranceSeconds, now };
}

function requireSecret(option: string, secret: unknown): void {
  const result = secretText.safeParse(secret);
  if (result.success) return;
  const reasons = result.error.issues.map((issue) => issue.message).join('; ');
  throw new ConfigurationError(`AuthModule option ${option}: ${reasons}`);
}

function requireText(option: string, text: unknown): void {
  if (typeof text === 'string' && text !== '') return;
  throw new ConfigurationError(`AuthModule option ${option}: must be a non-empty string`);
}
