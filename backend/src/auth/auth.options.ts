import { ConfigurationError, secretText } from '@tessera/database/contract';
import { resolveClaims, type ClaimsOptions, type ResolvedClaims } from './claims.options.js';

/** Keys of shared-secret mode (HS256). */
export interface SharedSecretOptions {
  /** Signs (in tools and tests) and verifies. Its UTF-8 bytes are the key: at least 32 random ones. */
  readonly secret: string;
  /** Secrets that verify only, for a rotation with no failed request. Default: none. */
  readonly acceptedSecrets?: readonly string[];
  readonly jwks?: never;
}

/** Keys of JWKS mode (ES256, RS256, PS256, EdDSA): the issuer publishes them. */
export interface JwksOptions {
  readonly jwks: {
    /** Where the key set is: https, or http on the loopback, or anywhere with `allowHttp`. */
    readonly url: string;
    readonly allowHttp?: boolean;
    /** How old the set may get, and how long a withdrawn key may be accepted. Default 300. */
    readonly cacheAgeSeconds?: number;
    /** The least time between two fetches that unknown key ids cause. Default 30. */
    readonly cooldownSeconds?: number;
  };
  readonly secret?: never;
  readonly acceptedSecrets?: never;
}

/** Where the revoked sessions are read from: the table `revocation` of Tessera's schema. */
export interface RevocationOptions {
  /** PostgreSQL URL of the primary, as the role tessera_api. */
  readonly databaseUrl: string;
  /** The same past any pooler, for notifications. Default: `databaseUrl`. */
  readonly listenUrl?: string;
  /** How old, in seconds, that knowledge may get before guarded routes answer 503. Default 5. */
  readonly maxStalenessSeconds?: number;
  /** How many revoked sessions are kept; beyond, guarded routes answer 503. Default 1000000. */
  readonly maxEntries?: number;
}

interface TokenOptions {
  /**
   * Refuses the tokens of sessions that have ended, at once. `'none'` for an issuer whose sessions are
   * not in Tessera's database: its tokens live until they expire, whatever happens.
   */
  readonly revocation: RevocationOptions | 'none';
  /** What `iss` must be, exactly. */
  readonly issuer: string;
  /** What `aud` must be or contain. */
  readonly audience: string;
  /** How far the clocks of issuer and API may differ, 0 to 60 seconds. Default 5. */
  readonly clockToleranceSeconds?: number;
  /** The longest life of a token, `exp - iat`, that is accepted. Default 86400, a day. */
  readonly maxTokenLifeSeconds?: number;
  /** How many verified tokens are remembered, so as not to be verified again; 0 for none. Default 10000. */
  readonly verifiedTokenCacheSize?: number;
  /** For tokens of another issuer: which of their claims mean what. */
  readonly claims?: ClaimsOptions;
  /** The current time in milliseconds. Default `Date.now`; tests freeze it. */
  readonly now?: () => number;
}

/** How {@link AuthModule} verifies access tokens: one mode per deployment, fixed at start. */
export type AuthModuleOptions = TokenOptions & (SharedSecretOptions | JwksOptions);

export type ResolvedAuthOptions = Required<Omit<TokenOptions, 'claims' | 'revocation'>> & {
  readonly revocation: Required<RevocationOptions> | 'none';
  readonly claims: ResolvedClaims;
  readonly keys: Required<Omit<SharedSecretOptions, 'jwks'>> | Required<JwksOptions['jwks']>;
};

/** Injection token of the {@link ResolvedAuthOptions}. */
export const AUTH_OPTIONS = Symbol('AUTH_OPTIONS');

const LOOPBACK_HOSTS = new Set(['localhost', '127.0.0.1', '[::1]']);
const DAY = 86_400;

/**
 * Fills in the defaults.
 *
 * @throws ConfigurationError naming the option that is wrong, never its value
 */
export function resolveAuthOptions(options: AuthModuleOptions): ResolvedAuthOptions {
  const { clockToleranceSeconds = 5, maxTokenLifeSeconds = DAY } = options;
  const { verifiedTokenCacheSize = 10_000, now = Date.now } = options;
  const { issuer, audience } = options;
  requireText('issuer', issuer);
  requireText('audience', audience);
  requireNumber('clockToleranceSeconds', clockToleranceSeconds, 0, 60);
  requireNumber('maxTokenLifeSeconds', maxTokenLifeSeconds, 1, 365 * DAY);
  requireNumber('verifiedTokenCacheSize', verifiedTokenCacheSize, 0, 1_000_000);
  return {
    issuer,
    audience,
    clockToleranceSeconds,
    maxTokenLifeSeconds,
    verifiedTokenCacheSize,
    now,
    revocation: resolveRevocation(options),
    claims: resolveClaims(options.claims),
    keys: resolveKeys(options),
  };
}

function resolveRevocation(options: AuthModuleOptions): ResolvedAuthOptions['revocation'] {
  const { claims, maxTokenLifeSeconds = DAY, revocation } = options;
  if (revocation === 'none') return revocation;
  requireText('revocation.databaseUrl', revocation?.databaseUrl);
  const { databaseUrl, listenUrl = databaseUrl } = revocation;
  const { maxStalenessSeconds = 5, maxEntries = 1_000_000 } = revocation;
  requireText('revocation.listenUrl', listenUrl);
  requireNumber('revocation.maxStalenessSeconds', maxStalenessSeconds, 2, 3_600);
  requireNumber('revocation.maxEntries', maxEntries, 1, 999_999_999);
  // The rows are pruned after 25 hours.
  if (maxTokenLifeSeconds > DAY) {
    throw refusal('maxTokenLifeSeconds', 'must be at most a day, or revocation be "none"');
  }
  if (claims?.required !== undefined && !claims.required.includes('sessionId')) {
    throw refusal('claims.required', 'must contain sessionId, or revocation be "none"');
  }
  return { databaseUrl, listenUrl, maxStalenessSeconds, maxEntries };
}

function resolveKeys(options: AuthModuleOptions): ResolvedAuthOptions['keys'] {
  if (options.jwks === undefined) {
    const { secret, acceptedSecrets = [] } = options;
    requireSecret('secret', secret);
    acceptedSecrets.forEach((each, index) => requireSecret(`acceptedSecrets[${index}]`, each));
    return { secret, acceptedSecrets };
  }
  for (const name of ['secret', 'acceptedSecrets'] as const) {
    if (options[name] !== undefined) throw refusal(name, 'does not go together with jwks');
  }
  const { url, allowHttp = false, cacheAgeSeconds = 300, cooldownSeconds = 30 } = options.jwks;
  requireKeySetUrl(url, allowHttp);
  requireNumber('jwks.cacheAgeSeconds', cacheAgeSeconds, 1, DAY);
  requireNumber('jwks.cooldownSeconds', cooldownSeconds, 1, DAY);
  return { url, allowHttp, cacheAgeSeconds, cooldownSeconds };
}

/** Whoever can change the key set on its way decides who is let in. */
function requireKeySetUrl(text: string, allowHttp: boolean): void {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  const isSafe =
    url?.protocol === 'https:' ||
    (url?.protocol === 'http:' && (allowHttp || LOOPBACK_HOSTS.has(url.hostname)));
  if (isSafe && url.username === '' && url.password === '') return;
  throw refusal('jwks.url', 'must be an https URL (or http on the loopback) without credentials');
}

function requireSecret(option: string, secret: unknown): void {
  const result = secretText.safeParse(secret);
  if (result.success) return;
  throw refusal(option, result.error.issues.map((issue) => issue.message).join('; '));
}

function requireText(option: string, text: unknown): void {
  if (typeof text === 'string' && text !== '') return;
  throw refusal(option, 'must be a non-empty string');
}

function requireNumber(option: string, value: number, least: number, most: number): void {
  if (value >= least && value <= most) return;
  throw refusal(option, `must be ${least} to ${most}`);
}

function refusal(option: string, reason: string): ConfigurationError {
  return new ConfigurationError(`AuthModule option ${option}: ${reason}`);
}
