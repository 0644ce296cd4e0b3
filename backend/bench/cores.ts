import { execFileSync } from 'node:child_process';

/** Which core what is measured runs on, and which one whatever makes the load. */
export interface Cores {
  readonly measured: number;
  readonly load: number;
}

/** Two of the cores that this process may use, or `undefined` where nothing can be pinned. */
export function findCores(): Cores | undefined {
  const cores = readAffinity();
  const [measured, load] = [cores[0], cores.at(-1)];
  return measured === undefined || load === undefined || measured === load
    ? undefined
    : { measured, load };
}

/** Pins a process, all its threads included. */
export function pin(pid: number | undefined, core: number | undefined): void {
  if (pid === undefined || core === undefined) return;
  execFileSync('taskset', ['-a', '-c', '-p', String(core), String(pid)], { stdio: 'ignore' });
}

/** By `taskset` of util-linux: Node itself cannot say. */
function readAffinity(): number[] {
  try {
    const answer = execFileSync('taskset', ['-c', '-p', String(process.pid)], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    return (answer.split(':').at(-1) ?? '').split(',').flatMap(toRange);
  } catch {
    return [];
  }
}

/** `0-3` or `5` */
function toRange(text: string): number[] {
  const [first = 0, last = first] = text.trim().split('-').map(Number);
  return Array.from({ length: last - first + 1 }, (_, index) => first + index);
}
