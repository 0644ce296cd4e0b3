import { fork, type ChildProcess } from 'node:child_process';
import { openSync } from 'node:fs';
import { devNull } from 'node:os';
import { fileURLToPath } from 'node:url';
import { pin } from './cores.js';

export interface BenchProcessOptions {
  readonly args?: readonly string[];
  /** The core to pin it to. */
  readonly core?: number | undefined;
  readonly nodeFlags?: readonly string[];
  readonly environment?: Readonly<Record<string, string>>;
}

/** A process that the bench starts and talks to: one question, one answer. */
export class BenchProcess {
  private constructor(private readonly child: ChildProcess) {}

  /** @param module the compiled file, relative to this one */
  static start(module: string, options: BenchProcessOptions = {}): BenchProcess {
    const { args = [], core, environment, nodeFlags = [] } = options;
    const child = fork(fileURLToPath(new URL(module, import.meta.url)), args, {
      env: { NODE_ENV: 'production', ...environment },
      execArgv: [...nodeFlags],
      // Logs are really written, as in production, but to where they fill no disk.
      stdio: ['ignore', openSync(devNull, 'w'), 'inherit', 'ipc'],
    });
    pin(child.pid, core);
    return new BenchProcess(child);
  }

  ask<Answer>(question: object): Promise<Answer> {
    this.child.send(question);
    return this.next();
  }

  /** The next thing it says. @throws when it ends instead */
  next<Answer>(): Promise<Answer> {
    const { child } = this;
    return new Promise((resolve, reject) => {
      const ended = () => reject(new Error(`${child.spawnfile} ${child.spawnargs[2]} has ended`));
      child.once('exit', ended);
      child.once('message', (message) => {
        child.off('exit', ended);
        resolve(message as Answer);
      });
    });
  }

  pinTo(core: number | undefined): void {
    pin(this.child.pid, core);
  }

  stop(): void {
    if (this.child.connected) this.child.disconnect();
  }
}
