import type { Server } from 'node:http';
import { Server as NetServer, type Socket } from 'node:net';

/** After this, whoever is still being served is cut off: the launcher waits no longer either. */
const PATIENCE_MS = 5_000;
const SWEEP_MS = 100;

/**
 * Ends the process in order: no new connections, running requests finish, then `close`. Also when the
 * parent that started us over an IPC channel is gone, so that we never outlive it.
 */
export function stopGracefully(server: Server, close: () => Promise<void>): void {
  const closeServer = closingWhenServed(server);
  let stopping = false;
  const stop = () => {
    if (stopping) return;
    stopping = true;
    setTimeout(() => server.closeAllConnections(), PATIENCE_MS - 500).unref();
    setTimeout(() => process.exit(0), PATIENCE_MS).unref();
    void closeServer()
      .then(close)
      .finally(() => process.exit(0));
  };
  process.once('SIGTERM', stop);
  process.once('SIGINT', stop);
  process.once('disconnect', stop);
}

/**
 * Watches a server's connections, to close it as soon as nobody is being served. Node alone would wait
 * for the spare connections that browsers open and say nothing on, and for those whose last request
 * ran during the stop; and it would cut off an answer that is written but still on its way.
 *
 * @returns closes the server
 */
export function closingWhenServed(server: Server): () => Promise<void> {
  /** How much a connection had sent when its last answer was through; nothing while one is due. */
  const answered = new Map<Socket, number | undefined>();
  server.on('connection', (socket) => {
    answered.set(socket, 0);
    socket.once('close', () => answered.delete(socket));
  });
  server.prependListener('request', ({ socket }, response) => {
    answered.set(socket, undefined);
    response.once('close', () => {
      if (answered.has(socket)) answered.set(socket, socket.bytesRead);
    });
  });
  const sweep = () => {
    for (const [socket, bytes] of answered) if (socket.bytesRead === bytes) socket.destroy();
  };
  return () =>
    new Promise((resolve) => {
      const sweeping = setInterval(sweep, SWEEP_MS).unref();
      // Not the HTTP server's own `close`, which cuts off what it calls idle.
      NetServer.prototype.close.call(server, () => {
        clearInterval(sweeping);
        resolve();
      });
      sweep();
    });
}
