import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { resolve } from 'node:path';

const ROOT = resolve(import.meta.dirname, '../..');
const ENTRY = { web: ['frontend', 'dist/server.js'], api: ['backend', 'dist/main.js'] } as const;

/** One app of the product by itself, with an environment of its own. */
export function startApp(app: 'web' | 'api', environment: Record<string, string>) {
  const [folder, entry] = ENTRY[app];
  const child = spawn(process.execPath, [entry], {
    cwd: resolve(ROOT, folder),
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    env: { PATH: process.env['PATH'], NODE_ENV: 'production', ...environment },
  });
  const exited = once(child, 'exit');
  let output = '';
  let read = 0;
  const heard = new Set<() => void>();
  for (const stream of [child.stdout, child.stderr]) {
    stream?.on('data', (chunk: Buffer) => {
      output += String(chunk);
      for (const look of heard) look();
    });
  }
  const orEnd = exited.then(() => {
    throw new Error(`The ${app} app ended:\n${output}`);
  });
  // It may also end when nobody waits for anything any more.
  orEnd.catch(() => undefined);
  return {
    ready: () => Promise.race([once(child, 'message'), orEnd]),
    hangUp: () => child.kill('SIGHUP'),
    /** Waits for what the app writes after what was waited for last. */
    says(pattern: RegExp): Promise<string> {
      const said = new Promise<string>((resolve) => {
        const look = () => {
          const match = pattern.exec(output.slice(read));
          if (match === null) return;
          read += match.index + match[0].length;
          heard.delete(look);
          resolve(match[0]);
        };
        heard.add(look);
        look();
      });
      return Promise.race([said, orEnd]);
    },
    async stop() {
      child.kill('SIGTERM');
      await exited;
    },
  };
}
