import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, openSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Of the clone, seen from the compiled file. */
const ROOT = join(import.meta.dirname, '../../../..');
const ENTRY = { web: ['frontend', 'dist/server.js'], api: ['backend', 'dist/main.js'] } as const;
const PATIENCE_MS = 7_000;
const READY_MS = 60_000;

/** One app of the product as it is shipped: its own process, built, in production mode. */
export class RunningApp {
  private constructor(
    private child: ChildProcess,
    readonly port: number,
    private readonly restartIt: () => ChildProcess,
    private readonly log: string,
  ) {}

  /** @param log the file that gets its output */
  static async start(
    app: 'web' | 'api',
    port: number,
    environment: Record<string, string>,
    log: string,
  ): Promise<RunningApp> {
    const [folder, entry] = ENTRY[app];
    const launch = () => {
      const output = openSync(log, 'a');
      try {
        return spawn(process.execPath, [entry], {
          cwd: join(ROOT, folder),
          // A Ctrl-C is for the one who started it.
          detached: true,
          stdio: ['ignore', output, output, 'ipc'],
          env: { PATH: process.env['PATH'], NODE_ENV: 'production', ...environment },
        });
      } finally {
        closeSync(output);
      }
    };
    const running = new RunningApp(launch(), port, launch, log);
    try {
      await running.ready();
    } catch (error) {
      await running.end('SIGKILL');
      throw error;
    }
    return running;
  }

  get pid(): number {
    if (this.child.pid === undefined) throw new Error('It did not start');
    return this.child.pid;
  }

  signal(signal: NodeJS.Signals): void {
    this.child.kill(signal);
  }

  async end(signal: 'SIGTERM' | 'SIGKILL'): Promise<void> {
    if (this.child.exitCode !== null || this.child.signalCode !== null) return;
    const exited = once(this.child, 'exit');
    const killing = setTimeout(() => this.child.kill('SIGKILL'), PATIENCE_MS);
    this.child.kill(signal);
    await exited;
    clearTimeout(killing);
  }

  /** Starts it again after it ended, and does not wait until it serves. */
  launchAgain(): void {
    this.child = this.restartIt();
  }

  /** @throws with what it said last when it ends instead, or takes too long */
  async ready(): Promise<void> {
    const waiting = new AbortController();
    const ended = once(this.child, 'exit', { signal: waiting.signal }).then(() => {
      throw new Error(`An app ended:\n${readFileSync(this.log, 'utf8').slice(-2_000)}`);
    });
    const late = setTimeout(() => waiting.abort(), READY_MS);
    try {
      await Promise.race([once(this.child, 'message', { signal: waiting.signal }), ended]);
    } finally {
      clearTimeout(late);
      ended.catch(() => undefined);
      waiting.abort();
    }
  }
}
