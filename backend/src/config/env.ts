import {
  durationSeconds,
  parseEnvironment,
  publicAddresses,
  resolveDeployment,
  secretText,
  trustedProxies,
} from '@tessera/database/contract';
import { z } from 'zod';

const acceptedSecrets = z
  .string()
  .default('')
  .transform((text) => text.split(',').filter((secret) => secret !== ''))
  .pipe(z.array(secretText));

const variables = z
  .object({
    ...publicAddresses,
    API_DATABASE_URL: z.string().regex(/^postgres(?:ql)?:\/\//, 'must be a postgresql:// URL'),
    JWT_MODE: z.enum(['shared-secret', 'jwks']).default('shared-secret'),
    JWT_SECRET: secretText,
    JWT_ACCEPTED_SECRETS: acceptedSecrets,
    JWT_ISSUER: z.string().optional(),
    JWT_AUDIENCE: z.string().optional(),
    JWT_CLOCK_TOLERANCE: durationSeconds
      .refine((seconds) => seconds <= 60, 'must be at most 60s')
      .prefault('5s'),
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
    if (values.JWT_MODE === 'jwks') {
      context.addIssue({
        code: 'custom',
        path: ['JWT_MODE'],
        message: 'jwks is not available in this version: use shared-secret',
      });
    }
    return {
      ...deployment,
      databaseUrl: values.API_DATABASE_URL,
      jwt: {
        secret: values.JWT_SECRET,
        acceptedSecrets: values.JWT_ACCEPTED_SECRETS,
        issuer: values.JWT_ISSUER ?? deployment.webUrl,
        audience: values.JWT_AUDIENCE ?? deployment.apiUrl,
        clockToleranceSeconds: values.JWT_CLOCK_TOLERANCE,
      },
      trustsProxy: values.TRUSTED_PROXIES,
      /** Requests per minute and principal; 0 for no limit. */
      rateLimit: values.API_RATE_LIMIT,
      logLevel: values.LOG_LEVEL,
    };
  });

export type Environment = z.output<typeof variables>;

/**
 * Reads what this app is configured by, once, at boot.
 *
 * @throws ConfigurationError naming each variable that is wrong, never its value
 */
// oxlint-disable-next-line node/no-process-env -- the one place that reads it
export function readEnvironment(environment: NodeJS.ProcessEnv = process.env): Environment {
  return parseEnvironment(variables, environment);
}
