import pino, { type DestinationStream } from 'pino';

const BATCH_LINES = 128;
const FLUSH_MS = 250;
const MAX_WAITING_BYTES = 16 * 1024 * 1024;

export interface BatchedStream extends DestinationStream {
  /** Calls back when all that was logged so far is written. */
  flush(done: () => void): void;
  /** pino calls it for a fatal line. */
  flushSync(): void;
}

/**
 * Writes lines in batches and off the request's path, and what is left when the process ends. A
 * reader that hangs costs lines, which are counted and reported, but never memory without end.
 *
 * The batches are ours: the stream of pino copies all that waits with every line that it is given.
 */
export function createBatchedStream(
  fileDescriptor: number,
  maxWaitingBytes = MAX_WAITING_BYTES,
): BatchedStream {
  const output = pino.destination({
    dest: fileDescriptor,
    sync: false,
    minLength: 1,
    maxLength: maxWaitingBytes,
  });
  let isOpen = true;
  // By pino, where the event loop ran empty.
  output.once('close', () => (isOpen = false));
  const lines: string[] = [];
  const take = () => lines.splice(0).join('');
  const send = () => {
    if (lines.length > 0) output.write(take());
  };
  const flushSync = () => {
    if (isOpen) output.flushSync();
    if (lines.length > 0) pino.destination({ dest: fileDescriptor, sync: true }).write(take());
  };
  reportDrops(output);
  setInterval(send, FLUSH_MS).unref();
  process.on('exit', flushSync);
  return {
    write: (line) => {
      if (lines.push(line) >= BATCH_LINES) send();
    },
    flush: (done) => {
      send();
      output.flush(done);
    },
    flushSync,
  };
}

function reportDrops(output: ReturnType<typeof pino.destination>): void {
  let dropped = 0;
  output.on('drop', (batch) => (dropped += batch.split('\n').length - 1));
  output.on('drain', () => {
    if (dropped === 0) return;
    const line = { level: 50, time: Date.now(), dropped, msg: 'log lines dropped' };
    dropped = 0;
    output.write(`${JSON.stringify(line)}\n`);
  });
}
