// Makes load on request of the bench, from a core of its own.
import { requestsWith, type Credentials } from './credentials.js';
import { runConnection, type Burst, type Tally } from './load.connection.js';

const CONNECTIONS = 8;
const PIPELINED = 16;

export interface LoadOrder {
  readonly port: number;
  readonly credentials: Credentials;
  readonly expectedStatus: number;
  readonly seconds: number;
}

export interface LoadResult extends Tally {
  readonly seconds: number;
  /** Why the load broke off. */
  readonly error?: string;
}

const bursts = new Map<Credentials, Burst[]>();

function burstsOf(credentials: Credentials): Burst[] {
  const known = bursts.get(credentials);
  if (known) return known;
  const requests = requestsWith(credentials);
  // A single token is sent again and again.
  while (requests.length < PIPELINED) requests.push(...requests);
  const made: Burst[] = [];
  for (let start = 0; start < requests.length; start += PIPELINED) {
    const some = requests.slice(start, start + PIPELINED);
    made.push({ bytes: Buffer.concat(some), requests: some.length });
  }
  bursts.set(credentials, made);
  return made;
}

async function run({ port, credentials, expectedStatus, seconds }: LoadOrder): Promise<LoadResult> {
  const tally = { answered: 0, failed: 0 };
  const turns = burstsOf(credentials);
  const started = performance.now();
  let turn = 0;
  // All connections take from one round, so that a token comes back only after all others.
  const nextBurst = () =>
    performance.now() - started < seconds * 1000 ? turns[turn++ % turns.length] : undefined;
  const elapsed = () => (performance.now() - started) / 1000;
  try {
    const connections = Array.from({ length: CONNECTIONS }, () =>
      runConnection(port, expectedStatus, tally, nextBurst),
    );
    await Promise.all(connections);
    return { ...tally, seconds: elapsed() };
  } catch (error) {
    return { ...tally, seconds: elapsed(), error: String(error) };
  }
}

process.on('message', (order: LoadOrder) => {
  void run(order).then((result) => process.send?.(result));
});
process.on('disconnect', () => process.exit(0));
