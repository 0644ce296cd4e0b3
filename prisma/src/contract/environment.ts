import { z } from 'zod';

/** The environment cannot be used. Each line of the message names a variable, never its value. */
export class ConfigurationError extends Error {
  override name = 'ConfigurationError';
}

/**
 * Parses the variables of one app, once, at boot. An empty variable counts as absent, as it does in
 * the `${VAR:-default}` of shells and compose files.
 *
 * @throws ConfigurationError naming every variable that is wrong, and why
 */
export function parseEnvironment<Schema extends z.ZodType>(
  schema: Schema,
  environment: Record<string, string | undefined>,
): z.output<Schema> {
  const present = Object.fromEntries(
    Object.entries(environment).filter(([, value]) => value !== ''),
  );
  const result = schema.safeParse(present);
  if (result.success) return result.data;
  const lines = result.error.issues.map(({ path, message, code, input }) => {
    const missing = code === 'invalid_type' && input === undefined;
    return `${path.join('.') || 'environment'}: ${missing ? 'is required' : message}`;
  });
  throw new ConfigurationError(lines.join('\n'));
}
