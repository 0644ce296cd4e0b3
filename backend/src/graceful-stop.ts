import type { Server } from 'node:http';
import type { Socket } from 'node:net';
import type { INestApplication } from '@nestjs/common';

export const PATIENCE_MS = 5_000;
const SWEEP_MS = 100;

/**
 * Finishes running requests and exits on SIGTERM or SIGINT, and when a launcher with a channel to
 * this process is gone: an app must not outlive whoever would have stopped it.
 */
export function stopGracefully(app: INestApplication): void {
  const hangUpUnused = watchConnections(app.getHttpServer() as Server);
  let stopping = false;
  const stop = () => {
    if (stopping) return;
    stopping = true;
    // A client that holds its connection open must not hold the process.
    setTimeout(() => process.exit(0), PATIENCE_MS).unref();
    hangUpUnused();
    // Again and again, for those that come or fall idle meanwhile.
    setInterval(hangUpUnused, SWEEP_MS).unref();
    app.close().then(
      () => process.exit(0),
      () => process.exit(1),
    );
  };
  process.on('SIGTERM', stop);
  process.on('SIGINT', stop);
  process.on('disconnect', stop);
}

/**
 * Browsers open spare connections and send nothing. To Node such a one is not idle but about to
 * bring a request, and closing the server would wait for it.
 *
 * @returns closes every connection that carries no request
 */
function watchConnections(server: Server): () => void {
  const sockets = new Set<Socket>();
  server.on('connection', (socket) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
  });
  return () => {
    server.closeIdleConnections();
    for (const socket of sockets) if (socket.bytesRead === 0) socket.destroy();
  };
}
