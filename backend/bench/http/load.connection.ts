import { connect, type Socket } from 'node:net';

/** Several requests in one write, as a client that pipelines sends them. */
export interface Burst {
  readonly bytes: Buffer;
  readonly requests: number;
}

export interface Tally {
  answered: number;
  /** Answers of another status than expected. */
  failed: number;
}

const HEAD_END = '\r\n\r\n';
const STATUS = 'HTTP/1.1 '.length;

/**
 * One connection of a load: sends a burst, waits for all of its answers, sends the next. Knows as
 * much of HTTP as it takes to count answers by their status, so that one core can outrun any server.
 *
 * @returns when `nextBurst` has no more, and all that was sent is answered
 * @throws when the connection breaks or an answer cannot be read
 */
export function runConnection(
  port: number,
  expectedStatus: number,
  tally: Tally,
  nextBurst: () => Burst | undefined,
): Promise<void> {
  return new Promise((resolve, reject) => {
    const socket = connect({ port, host: '127.0.0.1', noDelay: true });
    let unread = '';
    let outstanding = 0;
    const proceed = () => {
      const burst = nextBurst();
      if (burst === undefined) return finish(socket, resolve);
      outstanding = burst.requests;
      socket.write(burst.bytes);
    };
    socket.setTimeout(10_000, () => socket.destroy(new Error('no answer in 10 s')));
    socket.once('connect', proceed);
    socket.once('close', () => reject(new Error('the server closed the connection')));
    socket.once('error', reject);
    socket.on('data', (chunk) => {
      const text = unread + chunk.toString('latin1');
      let start = 0;
      for (let end = endOfAnswer(text, start); end !== -1; end = endOfAnswer(text, start)) {
        const status = Number(text.slice(start + STATUS, start + STATUS + 3));
        if (status !== expectedStatus) tally.failed += 1;
        tally.answered += 1;
        outstanding -= 1;
        start = end;
      }
      unread = text.slice(start);
      if (outstanding === 0) proceed();
    });
  });
}

function finish(socket: Socket, resolve: () => void): void {
  socket.removeAllListeners();
  socket.destroy();
  resolve();
}

/** Where the answer that begins at `start` ends, or -1 while it is not all there. */
function endOfAnswer(text: string, start: number): number {
  const headEnd = text.indexOf(HEAD_END, start);
  if (headEnd === -1) return -1;
  const length = /\r\ncontent-length: (\d+)/i.exec(text.slice(start, headEnd))?.[1];
  if (length === undefined) throw new Error('an answer without Content-Length');
  const end = headEnd + HEAD_END.length + Number(length);
  return end <= text.length ? end : -1;
}
