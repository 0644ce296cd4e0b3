import { spawn } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { VARIABLES } from '../environment.mjs';
import { freePort } from '../ports.mjs';

export const ROOT = fileURLToPath(new URL('../..', import.meta.url));

/** A folder with data and secrets of its own, in which the product can be started again and again. */
export async function createPlace() {
  const folder = mkdtempSync(join(tmpdir(), 'tessera-start-'));
  // As open as a clone usually is; a closed one is the database's own test.
  chmodSync(folder, 0o711);
  const temporary = join(folder, 'tmp');
  mkdirSync(temporary, { mode: 0o755 });
  const inherited = Object.entries(process.env).filter(([name]) => !VARIABLES.includes(name));
  const environment = {
    ...Object.fromEntries(inherited),
    // Also the mark by which every process of this place is found.
    TMPDIR: temporary,
    ENV_FILE: join(folder, '.env'),
    DATA_DIR: join(folder, 'data'),
    WEB_PORT: String(await freePort()),
    API_PORT: String(await freePort()),
    LOG_LEVEL: 'error',
  };
  return {
    folder,
    environment,
    web: `http://localhost:${environment.WEB_PORT}`,
    api: `http://localhost:${environment.API_PORT}`,
    start: (overrides = {}, script = 'start') => start({ ...environment, ...overrides }, script),
    processes: () => processesWith(`TMPDIR=${temporary}`, environment.DATA_DIR),
    remove() {
      for (const { pid } of this.processes()) process.kill(pid, 'SIGKILL');
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Starts as a person does, by npm, and follows what is printed. */
function start(env, script) {
  const child = spawn('npm', ['run', script, '--silent'], {
    cwd: ROOT,
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let printed = '';
  const exited = new Promise((resolve) =>
    child.once('exit', (code, signal) => resolve(code ?? signal)),
  );
  const ready = new Promise((resolve, reject) => {
    for (const stream of [child.stdout, child.stderr]) {
      stream.on('data', (chunk) => {
        printed += chunk;
        const line = /^ready.*$/m.exec(printed);
        if (line) resolve(line[0]);
      });
    }
    void exited.then((code) => reject(new Error(`It ended with ${code}: ${printed}`)));
  });
  ready.catch(() => undefined);
  return { child, ready, exited, printed: () => printed };
}

/** The processes of a place: those that carry its mark, and its database. */
function processesWith(mark, dataDir) {
  const found = [];
  for (const pid of readdirSync('/proc').filter((name) => /^\d+$/.test(name))) {
    try {
      const environment = readFileSync(`/proc/${pid}/environ`, 'utf8').split('\0');
      const command = readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0').join(' ');
      const alive = !/^State:\s+Z/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'));
      if (alive && (environment.includes(mark) || command.includes(`-D ${dataDir}/`))) {
        found.push({ pid: Number(pid), command, environment });
      }
    } catch {
      // It ended while we looked.
    }
  }
  return found;
}

export function isListening(port) {
  return new Promise((resolve) => {
    const socket = connect({ port: Number(port), host: '127.0.0.1' });
    socket.once('connect', () => resolve(true)).once('error', () => resolve(false));
    socket.once('connect', () => socket.destroy());
  });
}

/** Waits for something to become true. */
export async function eventually(check, timeoutMs = 15_000) {
  const until = performance.now() + timeoutMs;
  while (!(await check())) {
    if (performance.now() > until) throw new Error(`It did not come true: ${check}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
