// oxlint-disable node/no-process-env -- the one file that may
import { resolve } from 'node:path';
import {
  durationSeconds,
  optionalPort,
  parseEnvironment,
  publicAddresses,
  resolveDeployment,
  secretText,
  trustedProxies,
  withKeyFile,
} from '@tessera/database/contract';
import { z } from 'zod';

const HOUR = 3_600;
const DAY = 24 * HOUR;

const between = (least: number, most: number, words: string) =>
  durationSeconds.refine((seconds) => seconds >= least && seconds <= most, words);

const count = (fallback: number, most: number) =>
  z
    .string()
    .default(String(fallback))
    .refine((text) => /^[0-9]{1,9}$/.test(text) && Number(text) >= 1 && Number(text) <= most, {
      error: `must be a whole number from 1 to ${most}`,
    })
    .transform(Number);

const switchedOff = z.enum(['on', 'off'], 'must be on or off').default('off');

const either = z.object({
  ...publicAddresses,
  WEB_DATABASE_URL: z
    .string()
    .regex(/^postgres(?:ql)?:\/\//, 'must be a postgresql:// URL of the role tessera_web'),
  BETTER_AUTH_SECRET: secretText,
  JWT_ISSUER: z.string().optional(),
  JWT_AUDIENCE: z.string().optional(),
  JWT_TTL: between(30, DAY, 'must lie between 30s and 24h').default(15 * 60),
  SESSION_IDLE_LIFE: between(60, 365 * DAY, 'must lie between 1m and 365d').default(7 * DAY),
  SESSION_ABSOLUTE_LIFE: between(60, 365 * DAY, 'must lie between 1m and 365d').default(30 * DAY),
  AUTH_RATE_LIMIT: z.enum(['on', 'off'], 'must be on or off').default('on'),
  SIGN_IN_RATE_LIMIT: count(30, 1_000_000),
  SIGN_UP_RATE_LIMIT: count(10, 1_000_000),
  AUTH_CAPACITY: count(32, 1_000),
  PASSWORD_POLICY: z.enum(['classic', 'nist'], 'must be classic or nist').default('classic'),
  REQUIRE_EMAIL_VERIFICATION: switchedOff,
  SMTP_URL: z.url({ protocol: /^smtps?$/, error: 'must be an smtp:// or smtps:// URL' }).optional(),
  MAIL_FROM: z
    .string()
    // oxlint-disable-next-line no-control-regex -- a line break would begin another header
    .regex(/^[^\u0000-\u001f]+@[^\u0000-\u001f]+$/, 'must be an address')
    .optional(),
  DATA_DIR: z.string().default('.data'),
  EVENT_RETENTION: between(DAY, 3_650 * DAY, 'must lie between 1d and 3650d').default(90 * DAY),
  WEB_METRICS_PORT: optionalPort,
  TRUSTED_PROXIES: trustedProxies,
  ENV_FILE: z.string().optional(),
});

const sharedSecret = either.extend({
  JWT_MODE: z.literal('shared-secret'),
  JWT_SECRET: secretText,
  // The API's. Judged here too: of a file that the API refuses this app must not sign with a part.
  JWT_ACCEPTED_SECRETS: z
    .string()
    .default('')
    .transform((text) => text.split(',').map((secret) => secret.trim()))
    .transform((secrets) => secrets.filter((secret) => secret !== ''))
    .pipe(z.array(secretText)),
});

const jwks = either.extend({
  JWT_MODE: z.literal('jwks'),
  JWT_JWKS_CACHE_AGE: between(1, HOUR, 'must lie between 1s and 1h').default(5 * 60),
  JWT_JWKS_ROTATION: between(0, 365 * DAY, 'must be at most 365d').default(30 * DAY),
});

/** Either mode, never a mixture: the variables of the other one are not even looked at. */
const schema = z
  .discriminatedUnion('JWT_MODE', [sharedSecret, jwks], 'must be shared-secret or jwks')
  .transform((variables, context) => {
    const refuse = (name: string, message: string) =>
      context.addIssue({ code: 'custom', path: [name], message });
    const deployment = resolveDeployment(variables, context);
    const isProduction = deployment.deployment === 'production';
    if (variables.JWT_MODE === 'shared-secret') {
      const { BETTER_AUTH_SECRET: own, JWT_SECRET, JWT_ACCEPTED_SECRETS } = variables;
      if ([JWT_SECRET, ...JWT_ACCEPTED_SECRETS].includes(own)) {
        refuse('BETTER_AUTH_SECRET', 'must differ from JWT_SECRET, which the API knows too');
      }
    } else if (variables.JWT_JWKS_ROTATION <= 2 * variables.JWT_JWKS_CACHE_AGE) {
      refuse('JWT_JWKS_ROTATION', 'must be longer than twice JWT_JWKS_CACHE_AGE');
    } else if (isProduction && variables.JWT_JWKS_ROTATION < HOUR) {
      refuse('JWT_JWKS_ROTATION', 'must be at least 1h in production');
    }
    if (isProduction && variables.AUTH_RATE_LIMIT === 'off') {
      refuse('AUTH_RATE_LIMIT', 'must not be off in production');
    }
    if (variables.SESSION_ABSOLUTE_LIFE < variables.SESSION_IDLE_LIFE) {
      refuse('SESSION_ABSOLUTE_LIFE', 'must not be shorter than SESSION_IDLE_LIFE');
    }
    return {
      ...deployment,
      /** Public origin on https: cookies become `Secure`, browsers are told to stay on https. */
      isHttps: deployment.webUrl.startsWith('https:'),
      databaseUrl: variables.WEB_DATABASE_URL,
      cookieSecret: variables.BETTER_AUTH_SECRET,
      keyFile: variables.ENV_FILE,
      signing:
        variables.JWT_MODE === 'jwks'
          ? {
              mode: variables.JWT_MODE,
              cacheAgeSeconds: variables.JWT_JWKS_CACHE_AGE,
              rotationSeconds: variables.JWT_JWKS_ROTATION,
            }
          : { mode: variables.JWT_MODE, secret: variables.JWT_SECRET },
      accessToken: {
        issuer: variables.JWT_ISSUER ?? deployment.webUrl,
        audience: variables.JWT_AUDIENCE ?? deployment.apiUrl,
        lifeSeconds: variables.JWT_TTL,
      },
      session: {
        idleSeconds: variables.SESSION_IDLE_LIFE,
        absoluteSeconds: variables.SESSION_ABSOLUTE_LIFE,
      },
      /** Address limits and account backoff; not the limit of what is served at once. */
      limitsAuthRate: variables.AUTH_RATE_LIMIT === 'on',
      /** Requests per minute and client network. */
      rateLimits: { signIn: variables.SIGN_IN_RATE_LIMIT, signUp: variables.SIGN_UP_RATE_LIMIT },
      /** Requests that hash a password, at the same time. */
      authCapacity: variables.AUTH_CAPACITY,
      passwordPolicy: variables.PASSWORD_POLICY,
      requiresEmailVerification: variables.REQUIRE_EMAIL_VERIFICATION === 'on',
      smtpUrl: variables.SMTP_URL,
      mailFrom: variables.MAIL_FROM ?? `Tessera <no-reply@${new URL(deployment.webUrl).hostname}>`,
      dataDir: resolve(variables.DATA_DIR),
      eventRetentionSeconds: variables.EVENT_RETENTION,
      metricsPort: variables.WEB_METRICS_PORT,
      trustsProxy: variables.TRUSTED_PROXIES,
    };
  });

/** What the web app is configured to, after parsing; no other code reads `process.env`. */
export type WebEnvironment = z.output<typeof schema>;

/** @throws ConfigurationError naming every variable that is wrong */
export function parseWebEnvironment(variables: Record<string, string | undefined>): WebEnvironment {
  return parseEnvironment(schema, {
    ...variables,
    JWT_MODE: variables['JWT_MODE'] || 'shared-secret',
  });
}

/**
 * The environment as it is at this moment, with the key variables of the file that ENV_FILE names.
 *
 * @throws ConfigurationError naming every variable that is wrong
 */
export function readWebEnvironment(): WebEnvironment {
  return parseWebEnvironment(withKeyFile(process.env));
}

// Our server and Next's bundle hold two copies of this module; what was parsed is the process's.
const KEY = Symbol.for('tessera.web-environment');
const registry = globalThis as { [KEY]?: WebEnvironment };

/** Read on first use and never while building, so that one build serves any address. */
export function webEnvironment(): WebEnvironment {
  return (registry[KEY] ??= readWebEnvironment());
}

/** `npm run dev`: Next compiles on request instead of serving its build. */
export function isDevelopment(): boolean {
  return process.env.NODE_ENV === 'development';
}
