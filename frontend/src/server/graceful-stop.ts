import type { Server } from 'node:http';

/** After this, whoever is still being served is cut off: the launcher waits no longer either. */
const PATIENCE_MS = 5_000;

/**
 * Ends the process in order: no new connections, running requests finish, then `close`. Also when the
 * parent that started us over an IPC channel is gone, so that we never outlive it.
 */
export function stopGracefully(server: Server, close: () => Promise<void>): void {
  let stopping = false;
  const stop = () => {
    if (stopping) return;
    stopping = true;
    setTimeout(() => server.closeAllConnections(), PATIENCE_MS - 500).unref();
    setTimeout(() => process.exit(0), PATIENCE_MS).unref();
    server.close(() => {
      close().then(
        () => process.exit(0),
        () => process.exit(0),
      );
    });
    server.closeIdleConnections();
  };
  process.once('SIGTERM', stop);
  process.once('SIGINT', stop);
  process.once('disconnect', stop);
}
