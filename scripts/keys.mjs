// `npm run keys -- status|add|promote|retire`: rotates the shared secret in the environment file.
import { readFileSync, statSync } from 'node:fs';
import { parseEnv } from 'node:util';
import {
  belowRealEnvironment,
  dataDirOf,
  environmentFile,
  keysInRealEnvironment,
} from './environment.mjs';
import { statusLines, stepLines } from './key-report.mjs';
import { add, promote, readKeyRing, retire, writeKeyRing } from './key-ring.mjs';
import { runningLauncher } from './launcher-pid.mjs';
import { editFile } from './locked-file.mjs';
import { main, Refusal } from './terminal.mjs';

const USAGE = 'Usage: npm run keys -- status | add | promote [--now] | retire [KEY-ID] [--now]';
const JWKS =
  'JWT_MODE is jwks: its keys rotate by themselves, see docs/guides/key-rotation.md. These commands are for shared-secret.';
const STEPS = { add, promote, retire };
const SECONDS = { s: 1, m: 60, h: 3_600, d: 86_400 };

const file = environmentFile();

/** What counts besides the keys: the file's settings, beaten by the real environment's. */
function settingsOf(text) {
  const settings = belowRealEnvironment(parseEnv(text));
  const life = settings.JWT_TTL || '15m';
  if (!/^\d{1,6}[smhd]$/.test(life)) throw new Refusal('JWT_TTL: must be a duration such as 15m.');
  return {
    isJwks: settings.JWT_MODE === 'jwks',
    ttlSeconds: Number(life.slice(0, -1)) * SECONDS[life.slice(-1)],
    launcher: runningLauncher(dataDirOf(settings)),
  };
}

function status() {
  const text = read();
  const settings = settingsOf(text);
  if (settings.isJwks) return [JWKS];
  const beaten = keysInRealEnvironment().map(
    (name) => `Beware: ${name} is set in the real environment, which beats this file.`,
  );
  return [`Keys in ${file}:`, ...beaten, ...statusLines(readKeyRing(text), settings)];
}

function read() {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    throw new Refusal(`Cannot read ${file} (${error.code}). ENV_FILE names it, else it is .env.`);
  }
}

/** Does one step, or leaves the file as it is. */
function take(step, options) {
  const done = editFile(file, (text) => {
    const settings = settingsOf(text);
    if (settings.isJwks) throw new Refusal(JWKS);
    const [beaten] = keysInRealEnvironment();
    if (beaten) {
      throw new Refusal(
        `${beaten} is set in the real environment, which beats ${file}: an edit of the file would change nothing. Change it where it is set.`,
      );
    }
    const before = readKeyRing(text);
    const after = STEPS[step](before, { ...settings, ...options, now: new Date() });
    return { text: writeKeyRing(text, after), lines: stepLines[step]({ before, after }, settings) };
  });
  return done.lines;
}

function linesFor([command = 'status', ...rest]) {
  const [kid, ...surplus] = rest.filter((word) => word !== '--now');
  const force = rest.includes('--now');
  const takes = { status: [], add: [], promote: ['--now'], retire: ['--now', 'KEY-ID'] }[command];
  const fits =
    takes &&
    surplus.length === 0 &&
    (!force || takes.includes('--now')) &&
    (!kid || takes.includes('KEY-ID'));
  if (!fits) throw new Refusal(USAGE);
  return command === 'status' ? status() : take(command, { kid, force });
}

main(async () => {
  for (const line of linesFor(process.argv.slice(2))) console.log(line);
  if ((statSync(file).mode & 0o007) !== 0) {
    console.log(`Beware: everybody on this machine may read ${file}; chmod 600 closes it.`);
  }
});
