// Records security events until it is killed, and prints after each how many there were and when.
import { createDatabaseClient } from '@tessera/database';
import { createEventWriter, SecurityEventRecorder } from '@tessera/database/security-events';

const recorder = new SecurityEventRecorder({
  source: 'api',
  write: createEventWriter(createDatabaseClient({ url: process.env.API_URL, poolSize: 1 })),
  report: (message) => process.stderr.write(`${message}\n`),
});
let recorded = 0;
setInterval(() => {
  for (let count = 0; count < 10; count += 1) {
    recorder.record({ kind: 'token_refused', outcome: 'refused', ip: '192.0.2.1' });
    recorder.record({ kind: 'foreign_route_refused', outcome: 'refused', userId: 'ada' });
    recorded += 2;
  }
  process.stdout.write(`${recorded} ${Date.now()}\n`);
}, 10);
