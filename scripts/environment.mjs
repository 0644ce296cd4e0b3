// The environment of each process: .env below the real environment, and of that only its own part.
import { randomBytes } from 'node:crypto';
import { appendFileSync, chmodSync, closeSync, openSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseEnv } from 'node:util';
import { Refusal } from './terminal.mjs';

const BOTH = ['DEPLOYMENT', 'ALLOW_INSECURE_HTTP', 'WEB_PORT', 'API_PORT', 'WEB_URL', 'API_URL'];
const TOKENS = [
  'ENV_FILE',
  'JWT_MODE',
  'JWT_SECRET',
  'JWT_ISSUER',
  'JWT_AUDIENCE',
  'JWT_JWKS_CACHE_AGE',
  'TRUSTED_PROXIES',
];
const WEB = [
  'WEB_DATABASE_URL',
  'BETTER_AUTH_SECRET',
  'JWT_TTL',
  'JWT_JWKS_ROTATION',
  'SESSION_IDLE_LIFE',
  'SESSION_ABSOLUTE_LIFE',
  'AUTH_RATE_LIMIT',
  'SIGN_IN_RATE_LIMIT',
  'SIGN_UP_RATE_LIMIT',
  'AUTH_CAPACITY',
  'PASSWORD_POLICY',
  'REQUIRE_EMAIL_VERIFICATION',
  'SMTP_URL',
  'MAIL_FROM',
  'DATA_DIR',
  'EVENT_RETENTION',
  'WEB_METRICS_PORT',
];
const API = [
  'API_DATABASE_URL',
  'API_LISTEN_URL',
  'REVOCATION_MAX_STALENESS',
  'REVOCATION_MAX_ENTRIES',
  'API_METRICS_PORT',
  'JWT_ACCEPTED_SECRETS',
  'JWT_JWKS_URL',
  'JWT_JWKS_ALLOW_HTTP',
  'JWT_CLOCK_TOLERANCE',
  'AUTH_EXPLAIN',
  'API_RATE_LIMIT',
  'LOG_LEVEL',
];
const LAUNCHER = ['DATABASE_URL'];

/** The apps read these from the file themselves, and again at a SIGHUP, so that keys can rotate. */
const KEYS = ['JWT_SECRET', 'JWT_ACCEPTED_SECRETS'];

/** Every variable that Tessera reads. */
export const VARIABLES = [...new Set([...BOTH, ...TOKENS, ...WEB, ...API, ...LAUNCHER])];

/** What any program needs of its surroundings; nothing of Tessera's. */
const SURROUNDINGS =
  /^(?:PATH|HOME|USER|SHELL|TMPDIR|LANG|LC_.*|TZ|TERM|NO_COLOR|FORCE_COLOR|NODE_EXTRA_CA_CERTS|NODE_OPTIONS|SSL_CERT_.*)$/;

export const ROOT = join(import.meta.dirname, '..');
const SECRETS = ['BETTER_AUTH_SECRET', 'JWT_SECRET'];

/** The file that stands in for variables which the real environment lacks. */
export const environmentFile = () => resolve(process.env.ENV_FILE || join(ROOT, '.env'));

/** Where the embedded database and the launcher keep what is theirs. */
export const dataDirOf = ({ DATA_DIR }) => resolve(ROOT, DATA_DIR || '.data');

/** Variables of a file, beaten by the real environment, in which an empty one counts as absent. */
export const belowRealEnvironment = (written) => ({
  ...written,
  ...pick(process.env, (name) => process.env[name] !== ''),
});

/** The key variables for which the file does not count. */
export const keysInRealEnvironment = () => KEYS.filter((name) => process.env[name]);

/**
 * Reads the environment file, makes it (0600, exclusively) when it is absent, and adds the secrets it
 * lacks, so that a fresh clone has its own. The keys are not among what is returned.
 */
export function loadEnvironment(file) {
  const written = readOrCreate(file);
  const missing = SECRETS.filter((name) => !written[name] && process.env[name] === undefined);
  if (missing.length > 0) {
    const lines = missing.map((name) => `${name}=${randomBytes(48).toString('base64url')}\n`);
    withPermission(file, () => {
      // It may be a copy of .env.example, which everybody may read.
      chmodSync(file, 0o600);
      appendFileSync(file, lines.join(''));
    });
    console.log(`Wrote fresh secrets to ${file}: ${missing.join(', ')}`);
  }
  const settings = pick(readOrCreate(file), (name) => !KEYS.includes(name));
  return { ...settings, ...process.env, ENV_FILE: file };
}

function readOrCreate(file) {
  return withPermission(file, () => {
    try {
      closeSync(openSync(file, 'wx', 0o600));
      appendFileSync(
        file,
        '# Secrets of this clone; never commit it. All variables: .env.example\n',
      );
    } catch (error) {
      if (error.code !== 'EEXIST') throw error;
    }
    const text = readFileSync(file, 'utf8');
    if (text !== '' && !text.endsWith('\n')) appendFileSync(file, '\n');
    return parseEnv(text);
  });
}

function withPermission(file, work) {
  try {
    return work();
  } catch (error) {
    if (error.code === undefined) throw error;
    throw new Refusal(`Cannot read and write ${file} (${error.code}).`);
  }
}

const pick = (environment, wanted) =>
  Object.fromEntries(
    Object.entries(environment).filter(([name, value]) => value !== undefined && wanted(name)),
  );

/** The part of the environment that an app gets: its own variables and its surroundings. */
export function environmentOf(app, environment) {
  const own = new Set([...BOTH, ...TOKENS, ...(app === 'web' ? WEB : API)]);
  return pick(environment, (name) => own.has(name) || SURROUNDINGS.test(name));
}

/** The environment of tools (npm, builds): no variable of Tessera's, so no secret reaches them. */
export function environmentOfTools() {
  const ours = new Set(VARIABLES);
  return {
    ...pick(process.env, (name) => !ours.has(name)),
    NEXT_TELEMETRY_DISABLED: '1',
    CHECKPOINT_DISABLE: '1',
  };
}
