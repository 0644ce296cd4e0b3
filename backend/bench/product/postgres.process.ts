import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** The server's process and those it has forked, to send them signals. Linux only: by `/proc`. */
export class PostgresProcess {
  constructor(private readonly dataDir: string) {}

  signal(signal: 'SIGINT' | 'SIGKILL'): void {
    const pid = this.pid;
    if (pid !== undefined) process.kill(pid, signal);
  }

  /** Each of them leads a process group of its own, so one signal does not reach them all. */
  signalAll(signal: 'SIGSTOP' | 'SIGCONT'): void {
    const postmaster = this.pid;
    if (postmaster === undefined) return;
    const all = [postmaster, ...childrenOf(postmaster)];
    // The one that forks is stopped first and goes on last.
    for (const pid of signal === 'SIGCONT' ? all.toReversed() : all) {
      try {
        process.kill(pid, signal);
      } catch (error) {
        // A connection that ended just now.
        if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
      }
    }
  }

  /** Another one after each start. */
  private get pid(): number | undefined {
    const file = join(this.dataDir, 'postgres', 'postmaster.pid');
    if (!existsSync(file)) return undefined;
    return Number(readFileSync(file, 'utf8').split('\n')[0]);
  }
}

function childrenOf(parent: number): number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .filter((pid) => parentOf(pid) === parent);
}

function parentOf(pid: number): number | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // The name before may hold anything, blanks and brackets too.
    return Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]);
  } catch {
    return undefined;
  }
}
