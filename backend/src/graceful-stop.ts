import type { INestApplication } from '@nestjs/common';

const PATIENCE_MS = 5_000;

/**
 * Finishes running requests and exits on SIGTERM or SIGINT, and when a launcher with a channel to
 * this process is gone: an app must not outlive whoever would have stopped it.
 */
export function stopGracefully(app: INestApplication): void {
  let stopping = false;
  const stop = () => {
    if (stopping) return;
    stopping = true;
    // A client that holds its connection open must not hold the process.
    setTimeout(() => process.exit(0), PATIENCE_MS).unref();
    app.close().then(
      () => process.exit(0),
      () => process.exit(1),
    );
  };
  process.on('SIGTERM', stop);
  process.on('SIGINT', stop);
  process.on('disconnect', stop);
}
