import type { DestinationStream } from 'pino';
import type { Environment } from '../config/env.js';
import { createBatchedStream } from './batched.stream.js';
import { createReadableStream } from './readable.stream.js';

/** Standard output: text for a developer's terminal, else JSON. */
export function standardOutput(deployment: Environment['deployment']): DestinationStream {
  return deployment === 'local' && process.stdout.isTTY
    ? createReadableStream(process.stdout)
    : createBatchedStream(1);
}
