import { spawn } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createPlace, eventually, isListening, ROOT } from './started-product.mjs';

// Several starts, on a machine that may be busy.
jest.setTimeout(90_000);

let place;

beforeEach(async () => {
  place = await createPlace();
  place.environment.LOG_LEVEL = 'info';
});

afterEach(() => place.remove());

/** Starts a command, its output gathered. Without a terminal, in a session of its own. */
function run(command, ...args) {
  const child = spawn(command, args, {
    cwd: ROOT,
    env: place.environment,
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let printed = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (text) => (printed += text));
  const prints = (pattern) => eventually(() => pattern.test(printed), 60_000);
  return { child, prints, printed: () => printed };
}

const pidFile = () => join(place.environment.DATA_DIR, 'launcher.pid');
const launcher = () => Number(readFileSync(pidFile(), 'utf8'));

const TAKEN_OVER = /SIGHUP: signing with key[^]*SIGHUP: tokens|SIGHUP: tokens[^]*SIGHUP: signing/;

const isServing = async () =>
  (await isListening(place.environment.WEB_PORT)) &&
  (await isListening(place.environment.API_PORT));

describe('a SIGHUP to npm start', () => {
  it('makes both apps read their keys again, and waits for them while they start (FR-016)', async () => {
    const { prints } = run(process.execPath, 'scripts/start.mjs');
    await eventually(() => existsSync(pidFile()), 60_000);
    process.kill(launcher(), 'SIGHUP');
    await prints(/^ready/m);
    await prints(TAKEN_OVER);
    expect(await isServing()).toBe(true);
  });

  it('changes nothing when the file has become unusable, and the apps say why (FR-025)', async () => {
    const { prints, printed } = run(process.execPath, 'scripts/start.mjs');
    await prints(/^ready/m);
    writeFileSync(place.environment.ENV_FILE, 'JWT_SECRET=hunter2\n');
    process.kill(launcher(), 'SIGHUP');
    await prints(/still signing with .*JWT_SECRET: must/);
    await prints(/the secrets stay as they were.*JWT_SECRET: must/);
    expect(printed()).not.toContain('hunter2');
    expect(await isServing()).toBe(true);
  });
});

describe('a SIGHUP to npm start in a terminal', () => {
  /** The shell keeps the terminal's own signals to itself: what the launcher gets comes from the test. */
  function runInTerminal() {
    const output = join(place.folder, 'output');
    const command = `trap '' HUP; node scripts/start.mjs > '${output}' 2>&1; true`;
    const { child } = run('script', '-qfec', command, '/dev/null');
    const printed = () => (existsSync(output) ? readFileSync(output, 'utf8') : '');
    return { child, prints: (pattern) => eventually(() => pattern.test(printed()), 60_000) };
  }

  it('is about the keys while the terminal is open', async () => {
    const { prints } = runInTerminal();
    await prints(/^ready/m);
    process.kill(launcher(), 'SIGHUP');
    await prints(TAKEN_OVER);
    expect(await isServing()).toBe(true);
  });

  it('ends everything once the terminal is closed', async () => {
    const { child, prints } = runInTerminal();
    await prints(/^ready/m);
    child.kill('SIGKILL');
    await eventually(() => place.processes().every(({ pid }) => pid !== child.pid));
    process.kill(launcher(), 'SIGHUP');
    await eventually(() => place.processes().length === 0);
    expect(existsSync(pidFile())).toBe(false);
  });

  it('ends everything when the terminal closes just after it', async () => {
    const { child, prints } = runInTerminal();
    await prints(/^ready/m);
    process.kill(launcher(), 'SIGHUP');
    await prints(/read their keys/);
    child.kill('SIGKILL');
    await eventually(() => place.processes().length === 0);
    expect(existsSync(pidFile())).toBe(false);
  });
});
