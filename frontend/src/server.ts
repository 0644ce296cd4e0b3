import { catchHangUp } from '@tessera/database/contract';

// The web app's process. The rest is loaded when SIGHUP is already caught: it takes its time.

const onHangUp = catchHangUp();
const { sentenceFor, startWebApp } = await import('./server/web-app.js');
try {
  await startWebApp(onHangUp);
} catch (error) {
  process.stderr.write(`${sentenceFor(error)}\n`);
  process.exit(1);
}
