// The apps as child processes: each in a process group of its own, so that a Ctrl-C in the terminal
// reaches the launcher alone, which ends them in the right order.
import { spawn } from 'node:child_process';
import { setTimeout as delay } from 'node:timers/promises';
import { Refusal } from './terminal.mjs';

const STOP_TIMEOUT_MS = 6_000;

/**
 * Starts an app by Node. `exited` settles when it ends, whatever the reason; `ready` when it says so.
 */
export function startProcess(name, args, options) {
  // Over the IPC channel an app notices when a killed launcher can no longer end it.
  const child = spawn(process.execPath, args, {
    ...options,
    detached: true,
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });
  const exited = new Promise((resolve) => {
    child.once('error', (error) => resolve(error.message));
    child.once('exit', (code, signal) => resolve(signal ?? `exit code ${code}`));
  });
  const ready = new Promise((resolve) => child.once('message', resolve));
  return { name, child, exited, ready };
}

/** Waits until the app answers at `url`. @throws Refusal when it ends first or takes too long */
export async function answering({ name, exited }, url, timeoutMs) {
  const until = performance.now() + timeoutMs;
  const ended = exited.then((reason) => {
    throw new Refusal(`${name} did not start (${reason}); what it printed is above.`);
  });
  const polling = async () => {
    while (performance.now() < until) {
      const response = await fetch(url, {
        redirect: 'manual',
        signal: AbortSignal.timeout(5_000),
      }).catch(() => undefined);
      // Read to its end: a connection left half read would hold up a stop.
      await response?.text().catch(() => undefined);
      if (response && response.status < 500) return;
      await delay(100);
    }
    throw new Refusal(`${name} does not answer at ${url}.`);
  };
  await Promise.race([ended, polling()]);
}

/** Ends an app with all its children: asks first, and after a while no longer asks. */
export async function stopProcess({ child, exited }) {
  if (child.pid === undefined) return;
  signalGroup(child.pid, 'SIGTERM');
  const ended = await Promise.race([exited.then(() => true), delay(STOP_TIMEOUT_MS, false)]);
  if (!ended) console.error('It does not stop by itself; ending it.');
  // Also what a watcher left behind in its group.
  signalGroup(child.pid, 'SIGKILL');
  await exited;
}

function signalGroup(pid, signal) {
  try {
    process.kill(-pid, signal);
  } catch (error) {
    if (error.code !== 'ESRCH') throw error;
  }
}
