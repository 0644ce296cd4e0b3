// oxlint-disable node/no-process-env -- the one file that may
import {
  durationSeconds,
  parseEnvironment,
  publicAddresses,
  resolveDeployment,
  secretText,
  trustedProxies,
} from '@tessera/database/contract';
import { z } from 'zod';

const DAY = 86_400;

const between = (least: number, most: number, words: string) =>
  durationSeconds.refine((seconds) => seconds >= least && seconds <= most, words);

const schema = z
  .object({
    ...publicAddresses,
    WEB_DATABASE_URL: z
      .string()
      .regex(/^postgres(?:ql)?:\/\//, 'must be a postgresql:// URL of the role tessera_web'),
    BETTER_AUTH_SECRET: secretText,
    JWT_MODE: z
      .literal('shared-secret', 'must be shared-secret, the one mode there is yet')
      .default('shared-secret'),
    JWT_SECRET: secretText,
    JWT_ISSUER: z.string().optional(),
    JWT_AUDIENCE: z.string().optional(),
    JWT_TTL: between(30, DAY, 'must lie between 30s and 24h').default(15 * 60),
    SESSION_IDLE_LIFE: between(60, 365 * DAY, 'must lie between 1m and 365d').default(7 * DAY),
    SESSION_ABSOLUTE_LIFE: between(60, 365 * DAY, 'must lie between 1m and 365d').default(30 * DAY),
    AUTH_RATE_LIMIT: z.enum(['on', 'off'], 'must be on or off').default('on'),
    TRUSTED_PROXIES: trustedProxies,
  })
  .transform((variables, context) => {
    const refuse = (name: string, message: string) =>
      context.addIssue({ code: 'custom', path: [name], message });
    const deployment = resolveDeployment(variables, context);
    if (variables.BETTER_AUTH_SECRET === variables.JWT_SECRET) {
      refuse('BETTER_AUTH_SECRET', 'must differ from JWT_SECRET, which the API knows too');
    }
    if (deployment.deployment === 'production' && variables.AUTH_RATE_LIMIT === 'off') {
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
      accessToken: {
        secret: variables.JWT_SECRET,
        issuer: variables.JWT_ISSUER ?? deployment.webUrl,
        audience: variables.JWT_AUDIENCE ?? deployment.apiUrl,
        lifeSeconds: variables.JWT_TTL,
      },
      session: {
        idleSeconds: variables.SESSION_IDLE_LIFE,
        absoluteSeconds: variables.SESSION_ABSOLUTE_LIFE,
      },
      limitsAuthRate: variables.AUTH_RATE_LIMIT === 'on',
      trustsProxy: variables.TRUSTED_PROXIES,
    };
  });

/** What the web app is configured to, after parsing; no other code reads `process.env`. */
export type WebEnvironment = z.output<typeof schema>;

/** @throws ConfigurationError naming every variable that is wrong */
export function parseWebEnvironment(variables: Record<string, string | undefined>): WebEnvironment {
  return parseEnvironment(schema, variables);
}

let parsed: WebEnvironment | undefined;

/** Read on first use and never while building, so that one build serves any address. */
export function webEnvironment(): WebEnvironment {
  return (parsed ??= parseWebEnvironment(process.env));
}

/** `npm run dev`: Next compiles on request instead of serving its build. */
export function isDevelopment(): boolean {
  return process.env.NODE_ENV === 'development';
}
