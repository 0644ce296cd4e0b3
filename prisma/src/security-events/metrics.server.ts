import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Registry } from 'prom-client';
import { ConfigurationError } from '../contract/index.js';

export interface MetricsServer {
  readonly port: number;
  close(): Promise<void>;
}

/**
 * Serves `GET /metrics` on loopback alone: the public port has no such address.
 *
 * @param variable names the port, should it be taken
 * @throws ConfigurationError
 */
export async function serveMetrics(
  registry: Registry,
  port: number,
  variable: string,
): Promise<MetricsServer> {
  const server = createServer((request, response) => {
    if (request.url !== '/metrics') {
      response.writeHead(404).end();
    } else if (request.method !== 'GET') {
      response.writeHead(405, { allow: 'GET' }).end();
    } else {
      const head = { 'content-type': registry.contentType, 'cache-control': 'no-store' };
      registry.metrics().then(
        (text) => response.writeHead(200, head).end(text),
        () => response.writeHead(500).end(),
      );
    }
  });
  server.listen(port, '127.0.0.1');
  try {
    await once(server, 'listening');
  } catch {
    throw new ConfigurationError(`${variable}: 127.0.0.1:${port} is taken, or needs more rights`);
  }
  // Whoever scrapes must not keep a process alive.
  server.unref();
  return {
    port: (server.address() as AddressInfo).port,
    close: async () => {
      server.close();
      server.closeAllConnections();
    },
  };
}
