import {
  durationSeconds,
  optionalPort,
  parseEnvironment,
  publicAddresses,
  resolveDeployment,
  trustedProxies,
  withKeyFile,
} from '@tessera/database/contract';
import { z } from 'zod';
import { resolveKeySource, tokenKeys } from './token.keys.js';

const variables = z
  .object({
    ...publicAddresses,
    ...tokenKeys,
    API_DATABASE_URL: z.string().regex(/^postgres(?:ql)?:\/\//, 'must be a postgresql:// URL'),
    API_LISTEN_URL: z
      .string()
      .regex(/^postgres(?:ql)?:\/\//, 'must be a postgresql:// URL')
      .optional(),
    REVOCATION_MAX_STALENESS: durationSeconds
      .refine((seconds) => seconds >= 2 && seconds <= 3600, 'must lie between 2s and 1h')
      .prefault('5s'),
    REVOCATION_MAX_ENTRIES: z
      .string()
      .regex(/^[1-9][0-9]{0,8}$/, 'must be a whole number of revoked sessions')
      .default('1000000')
      .transform(Number),
    JWT_ISSUER: z.string().optional(),
    JWT_AUDIENCE: z.string().optional(),
    JWT_CLOCK_TOLERANCE: durationSeconds
      .refine((seconds) => seconds <= 60, 'must be at most 60s')
      .prefault('5s'),
    AUTH_EXPLAIN: z.enum(['0', '1'], 'must be 0 or 1').default('0'),
    API_METRICS_PORT: optionalPort,
    TRUSTED_PROXIES: trustedProxies,
    API_RATE_LIMIT: z
      .string()
      .regex(/^[0-9]{1,9}$/, 'must be a whole number of requests per minute, 0 for no limit')
      .default('1200')
      .transform(Number),
    LOG_LEVEL: z
      .enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'])
      .default('info'),
  })
  .transform((values, context) => {
    const deployment = resolveDeployment(values, context);
    if (deployment.deployment === 'production' && values.AUTH_EXPLAIN === '1') {
      context.addIssue({
        code: 'custom',
        path: ['AUTH_EXPLAIN'],
        message: 'must not be 1 in production, where it would help a forger',
      });
    }
    return {
      ...deployment,
      databaseUrl: values.API_DATABASE_URL,
      jwt: {
        ...resolveKeySource(values, deployment.webUrl, context),
        issuer: values.JWT_ISSUER ?? deployment.webUrl,
        audience: values.JWT_AUDIENCE ?? deployment.apiUrl,
        clockToleranceSeconds: values.JWT_CLOCK_TOLERANCE,
        revocation: {
          databaseUrl: values.API_DATABASE_URL,
          listenUrl: values.API_LISTEN_URL ?? values.API_DATABASE_URL,
          maxStalenessSeconds: values.REVOCATION_MAX_STALENESS,
          maxEntries: values.REVOCATION_MAX_ENTRIES,
        },
      },
      /** Whether a refusal says which rule refused, and how to mend it. */
      explainsRefusals: values.AUTH_EXPLAIN === '1',
      trustsProxy: values.TRUSTED_PROXIES,
      /** Requests per minute and principal; 0 for no limit. */
      rateLimit: values.API_RATE_LIMIT,
      logLevel: values.LOG_LEVEL,
      metricsPort: values.API_METRICS_PORT,
    };
  });

export type Environment = z.output<typeof variables>;

/**
 * Reads what this app is configured by: once at boot, and the key variables again at SIGHUP.
 *
 * @throws ConfigurationError naming each variable that is wrong, never its value
 */
// oxlint-disable-next-line node/no-process-env -- the one place that reads it
export function readEnvironment(environment: NodeJS.ProcessEnv = process.env): Environment {
  return parseEnvironment(variables, withKeyFile(environment));
}
