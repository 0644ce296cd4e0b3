import { catchHangUp } from '@tessera/database/contract';

// The rest is loaded when SIGHUP is already caught, which would end the process: it takes its time.
const onHangUp = catchHangUp();
const { sentenceFor, startApi } = await import('./start-api.js');
try {
  await startApi(onHangUp);
} catch (error) {
  process.stderr.write(`The API did not start.\n${sentenceFor(error)}\n`);
  process.exit(1);
}
