import { durationSeconds, secretText } from '@tessera/database/contract';
import { z } from 'zod';

const LOOPBACK_HOSTS = new Set(['localhost', '127.0.0.1', '[::1]']);

/** The variables that say what access tokens are verified by; see {@link resolveKeySource}. */
export const tokenKeys = {
  JWT_MODE: z.enum(['shared-secret', 'jwks']).default('shared-secret'),
  JWT_SECRET: z.string().optional(),
  JWT_ACCEPTED_SECRETS: z.string().default(''),
  JWT_JWKS_URL: z.url({ protocol: /^https?$/, error: 'must be an http(s) URL' }).optional(),
  JWT_JWKS_ALLOW_HTTP: z.string().optional(),
  JWT_JWKS_CACHE_AGE: durationSeconds
    .refine((seconds) => seconds >= 1 && seconds <= 3600, 'must lie between 1s and 1h')
    .prefault('5m'),
};

type TokenKeys = z.output<z.ZodObject<typeof tokenKeys>>;

/** Secrets or a key set, never both: one mode per deployment (FR-011). */
export function resolveKeySource(values: TokenKeys, webUrl: string, context: z.RefinementCtx) {
  return values.JWT_MODE === 'jwks'
    ? { jwks: resolveKeySet(values, webUrl, context) }
    : resolveSecrets(values, context);
}

function resolveSecrets(values: TokenKeys, context: z.RefinementCtx) {
  const secret = values.JWT_SECRET ?? '';
  const acceptedSecrets = values.JWT_ACCEPTED_SECRETS.split(',')
    .map((text) => text.trim())
    .filter((text) => text !== '');
  if (values.JWT_SECRET === undefined) refuse(context, 'JWT_SECRET', 'is required');
  else requireStrong(context, 'JWT_SECRET', secret);
  for (const accepted of acceptedSecrets) requireStrong(context, 'JWT_ACCEPTED_SECRETS', accepted);
  return { secret, acceptedSecrets };
}

/** Whoever can change the key set on its way decides who is let in, so plain http has to be meant. */
function resolveKeySet(values: TokenKeys, webUrl: string, context: z.RefinementCtx) {
  const url = values.JWT_JWKS_URL ?? `${webUrl}/api/auth/jwks`;
  const { protocol, hostname } = new URL(url);
  const allowHttp = values.JWT_JWKS_ALLOW_HTTP === url;
  if (protocol !== 'https:' && !LOOPBACK_HOSTS.has(hostname) && !allowHttp) {
    refuse(context, 'JWT_JWKS_URL', 'must be https (or name the same URL in JWT_JWKS_ALLOW_HTTP)');
  }
  return { url, allowHttp, cacheAgeSeconds: values.JWT_JWKS_CACHE_AGE };
}

function requireStrong(context: z.RefinementCtx, variable: string, secret: string): void {
  const { error } = secretText.safeParse(secret);
  for (const { message } of error?.issues ?? []) refuse(context, variable, message);
}

function refuse(context: z.RefinementCtx, variable: string, message: string): void {
  context.addIssue({ code: 'custom', path: [variable], message });
}
