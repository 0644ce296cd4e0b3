import { readFileSync } from 'node:fs';
import { parseEnv } from 'node:util';
import { ConfigurationError } from './environment.js';

type Variables = Record<string, string | undefined>;

/** The variables that are read again while the apps run, so that a secret rotates without a restart. */
const KEY_VARIABLES = ['JWT_SECRET', 'JWT_ACCEPTED_SECRETS'];

/**
 * The environment and, for the key variables it lacks, those of the file that `ENV_FILE` names: the
 * real environment beats the file, and an empty variable counts as absent. JWKS mode has no secret to
 * look for. For boot and for SIGHUP.
 *
 * @throws ConfigurationError when the file cannot be read
 */
export function withKeyFile(environment: Variables): Variables {
  const { ENV_FILE: file, JWT_MODE: mode } = environment;
  const missing = mode === 'jwks' ? [] : KEY_VARIABLES.filter((name) => !environment[name]);
  if (!file || missing.length === 0) return environment;
  const written = readVariables(file);
  return {
    ...environment,
    ...Object.fromEntries(missing.map((name) => [name, written[name]])),
  };
}

function readVariables(file: string): Variables {
  try {
    return parseEnv(readFileSync(file, 'utf8'));
  } catch (error) {
    const { code } = (error ?? {}) as { code?: unknown };
    throw new ConfigurationError(`ENV_FILE: cannot be read (${String(code)})`);
  }
}
