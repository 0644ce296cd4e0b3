// What the person at the terminal sees: steps with their time, colours only on a terminal.
import { spawn } from 'node:child_process';
import { closeSync, constants, openSync } from 'node:fs';

const terminal = process.stdout.isTTY && !process.env.NO_COLOR;
const paint = (code) => (text) => (terminal ? `\x1b[${code}m${text}\x1b[0m` : text);
export const bold = paint(1);
const dim = paint(2);
const green = paint(32);
const red = paint(31);

/** Whether a terminal controls this process: it would be told when that terminal is closed. */
export function hasTerminal() {
  try {
    closeSync(openSync('/dev/tty', constants.O_RDONLY | constants.O_NOCTTY));
    return true;
  } catch {
    return false;
  }
}

/** Something the person at the terminal can mend: printed as one sentence, without a stack. */
export class Refusal extends Error {}

/** Runs one step of the set-up and shows it, with its seconds while it runs on a terminal. */
export async function step(title, work) {
  const started = performance.now();
  const seconds = () => `${((performance.now() - started) / 1000).toFixed(0)} s`;
  if (!terminal) console.log(`- ${title} …`);
  const show = () => process.stdout.write(`\r\x1b[2K${dim('•')} ${title} ${dim(seconds())}`);
  const ticking = terminal ? setInterval(show, 500) : undefined;
  try {
    if (terminal) show();
    const result = await work();
    if (terminal) console.log(`\r\x1b[2K${green('✓')} ${title} ${dim(seconds())}`);
    return result;
  } catch (error) {
    if (terminal) console.log(`\r\x1b[2K${red('✗')} ${title} ${dim(seconds())}`);
    throw error;
  } finally {
    clearInterval(ticking);
  }
}

/** Runs a command to its end; what it printed is shown only when it fails. */
export function run(command, args, options = {}) {
  return new Promise((resolve, reject) => {
    // In a group of its own, which ends with us: npm alone would leave what it started behind.
    const child = spawn(command, args, {
      ...options,
      detached: true,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const endGroup = () => {
      try {
        if (child.pid !== undefined) process.kill(-child.pid, 'SIGTERM');
      } catch {
        // It ended by itself just now.
      }
    };
    process.once('exit', endGroup);
    const output = [];
    child.stdout.on('data', (chunk) => output.push(chunk));
    child.stderr.on('data', (chunk) => output.push(chunk));
    child.once('error', (error) =>
      reject(new Refusal(`${command} cannot be run: ${error.message}`)),
    );
    child.once('close', (code) => {
      process.off('exit', endGroup);
      const printed = Buffer.concat(output).toString();
      if (code === 0) return resolve(printed);
      process.stderr.write(`\n${printed.split('\n').slice(-60).join('\n')}\n`);
      reject(new Refusal(`${[command, ...args].join(' ')} failed (see above).`));
    });
  });
}

/** Runs a script of ours: a refusal or an operator's error is one sentence, and the exit code 1. */
export function main(script) {
  script().catch((error) => {
    const known = error instanceof Refusal || error.name === 'OperatorError';
    console.error(`${red('error')}  ${known ? error.message : error.stack}`);
    process.exit(1);
  });
}
