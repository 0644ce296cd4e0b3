import { z } from 'zod';

const LOOPBACK_HOSTS = new Set(['localhost', '127.0.0.1', '[::1]']);

const anyPort = z
  .string()
  .refine((text) => /^[0-9]{1,5}$/.test(text) && Number(text) >= 1 && Number(text) <= 65_535, {
    error: 'must be a port between 1 and 65535',
  })
  .transform(Number);

const port = (fallback: number) => anyPort.prefault(String(fallback));

/** A port that has no default. */
export const optionalPort = anyPort.optional();

const origin = z
  .string()
  .transform((text, context) => {
    const url = URL.canParse(text) ? new URL(text) : undefined;
    const isOrigin =
      url !== undefined && /^https?:$/.test(url.protocol) && `${url.origin}/` === url.href;
    if (isOrigin) return url.origin;
    context.addIssue('must be an origin such as https://app.example.com, without a path');
    return z.NEVER;
  })
  .optional();

/** The variables that say where the two apps are reached; parse them with {@link resolveDeployment}. */
export const publicAddresses = {
  DEPLOYMENT: z.enum(['local', 'production']).optional(),
  ALLOW_INSECURE_HTTP: z.enum(['0', '1']).default('0'),
  WEB_PORT: port(3000),
  API_PORT: port(3001),
  WEB_URL: origin,
  API_URL: origin,
};

export interface Deployment {
  deployment: 'local' | 'production';
  /** Public origins, without a trailing slash. */
  webUrl: string;
  apiUrl: string;
  webPort: number;
  apiPort: number;
  /** The address to listen on: a `local` deployment is reached from its own machine only. */
  host: '127.0.0.1' | '0.0.0.0';
}

/**
 * Fills in the defaults and decides what kind of deployment this is (FR-024): `local` when both
 * origins are loopback, else `production`. `production` refuses plain http unless it is allowed by name.
 */
export function resolveDeployment(
  variables: z.output<z.ZodObject<typeof publicAddresses>>,
  context: z.RefinementCtx,
): Deployment {
  const webUrl = variables.WEB_URL ?? `http://localhost:${variables.WEB_PORT}`;
  const apiUrl = variables.API_URL ?? `http://localhost:${variables.API_PORT}`;
  const allLoopback = [webUrl, apiUrl].every((url) => LOOPBACK_HOSTS.has(new URL(url).hostname));
  const deployment = variables.DEPLOYMENT ?? (allLoopback ? 'local' : 'production');
  if (deployment === 'production' && variables.ALLOW_INSECURE_HTTP !== '1') {
    for (const [name, url] of [
      ['WEB_URL', webUrl],
      ['API_URL', apiUrl],
    ] as const) {
      if (url.startsWith('https:')) continue;
      context.addIssue({
        code: 'custom',
        path: [name],
        message: 'must be https:// in production (or set ALLOW_INSECURE_HTTP=1 knowingly)',
      });
    }
  }
  return {
    deployment,
    webUrl,
    apiUrl,
    webPort: variables.WEB_PORT,
    apiPort: variables.API_PORT,
    host: deployment === 'local' ? '127.0.0.1' : '0.0.0.0',
  };
}
