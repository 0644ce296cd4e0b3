import { execFileSync, spawn } from 'node:child_process';
import { closeSync, mkdtempSync, openSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createBatchedStream } from './batched.stream.js';

let folder: string;
let file: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'tessera-log-'));
  file = join(folder, 'log');
});
afterEach(() => rmSync(folder, { recursive: true }));

const flush = (stream: ReturnType<typeof createBatchedStream>) =>
  new Promise<void>((resolve) => stream.flush(resolve));

describe('the stream of log lines', () => {
  it('has written every line, in order, once it is flushed', async () => {
    const descriptor = openSync(file, 'w');
    const stream = createBatchedStream(descriptor);
    const lines = Array.from({ length: 1000 }, (_, index) => `line ${index}\n`);
    for (const line of lines) stream.write(line);
    await flush(stream);
    expect(readFileSync(file, 'utf8')).toBe(lines.join(''));
    closeSync(descriptor);
  });

  it('writes at once what a fatal line must not lose', () => {
    const descriptor = openSync(file, 'w');
    const stream = createBatchedStream(descriptor);
    stream.write('last words\n');
    stream.flushSync();
    expect(readFileSync(file, 'utf8')).toBe('last words\n');
    closeSync(descriptor);
  });

  it('drops and counts lines where nobody reads, and says so when somebody does', async () => {
    execFileSync('mkfifo', [file]);
    // Opened for reading too, so that opening does not wait for a reader.
    const descriptor = openSync(file, 'r+');
    const stream = createBatchedStream(descriptor, 200_000);
    const line = `${'x'.repeat(999)}\n`;
    for (let index = 0; index < 640; index += 1) stream.write(line);
    const reader = spawn('cat', [file], { stdio: ['ignore', 'pipe', 'inherit'] });
    let text = '';
    const report = new Promise<void>((resolve) =>
      reader.stdout.on('data', (chunk: Buffer) => {
        text += chunk.toString();
        if (/"dropped":\d+.*\n/.test(text)) resolve();
      }),
    );
    await report;
    reader.kill();
    const written = text.split('\n').filter((each) => each.startsWith('x')).length;
    expect(written).toBeLessThan(640);
    expect(Number(/"dropped":(\d+)/.exec(text)?.[1])).toBe(640 - written);
    closeSync(descriptor);
  });
});
