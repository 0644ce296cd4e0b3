// Which process to send a signal to: the launcher writes it down for as long as it runs.
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const fileIn = (dataDir) => join(dataDir, 'launcher.pid');

export function writeLauncherPid(dataDir) {
  mkdirSync(dataDir, { recursive: true });
  writeFileSync(fileIn(dataDir), `${process.pid}\n`);
  process.once('exit', () => {
    if (readPid(dataDir) === process.pid) rmSync(fileIn(dataDir), { force: true });
  });
}

/**
 * The launcher that runs on this data, or undefined. A launcher that was killed leaves its number
 * behind, which may be another program's by now: a signal must not reach that one.
 */
export function runningLauncher(dataDir) {
  const pid = readPid(dataDir);
  return pid !== undefined && commandOf(pid).includes('start.mjs') ? pid : undefined;
}

function readPid(dataDir) {
  try {
    const text = readFileSync(fileIn(dataDir), 'utf8');
    return /^[1-9]\d{0,9}\n$/.test(text) ? Number(text) : undefined;
  } catch {
    return undefined;
  }
}

function commandOf(pid) {
  try {
    if (existsSync('/proc/self/cmdline')) return readFileSync(`/proc/${pid}/cmdline`, 'utf8');
    return execFileSync('ps', ['-o', 'args=', '-p', String(pid)], { encoding: 'utf8' });
  } catch {
    return '';
  }
}
