import { createServer as createControl } from 'node:http';
import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';

/**
 * A TCP relay in front of PostgreSQL that can be cut, so that a test can take the database away from
 * the product and give it back. Tests drive it by `POST <controlUrl>/cut` and `/restore`.
 */
export async function startDatabaseSwitch(databasePort: number) {
  const sockets = new Set<Socket>();
  const relay = createServer((client) => {
    const upstream = connect(databasePort, '127.0.0.1');
    for (const [from, to] of [
      [client, upstream],
      [upstream, client],
    ] as const) {
      sockets.add(from);
      from.on('error', () => to.destroy());
      from.on('close', () => {
        sockets.delete(from);
        to.destroy();
      });
      from.pipe(to);
    }
  });
  const port = await listen(relay, 0);
  const control = createControl((request, response) => {
    void (async () => {
      if (request.url === '/cut') {
        relay.close();
        for (const socket of sockets) socket.destroy();
      } else if (!relay.listening) {
        await listen(relay, port);
      }
      response.end();
    })();
  });
  const controlPort = await listen(control, 0);
  return {
    port,
    controlUrl: `http://127.0.0.1:${controlPort}`,
    stop() {
      control.close();
      relay.close();
      for (const socket of sockets) socket.destroy();
    },
  };
}

function listen(server: Server, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => resolve((server.address() as AddressInfo).port));
  });
}
