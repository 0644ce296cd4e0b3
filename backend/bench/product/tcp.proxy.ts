import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';

/**
 * - `open`: everything passes
 * - `refusing`: every connection is broken and none is taken, as where no server runs
 * - `holding`: nothing passes, and nothing is lost: a network that is down for a while
 * - `deafening`: what the server says is thrown away, on old connections and new ones
 */
export type ProxyMode = 'open' | 'refusing' | 'holding' | 'deafening';

/** Stands between an app and its database, to come between them. */
export class TcpProxy {
  private readonly sockets = new Set<Socket>();
  private mode: ProxyMode = 'open';
  /** Sees what clients send. */
  onClientBytes: (bytes: Buffer, connection: object) => void = () => undefined;

  private constructor(
    private readonly targetPort: number,
    private readonly server: Server,
  ) {
    server.on('connection', (near) => this.accept(near));
  }

  static async start(targetPort: number): Promise<TcpProxy> {
    const server = createServer();
    await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
    return new TcpProxy(targetPort, server);
  }

  /** `url`, by way of the proxy. */
  through(url: string): string {
    const changed = new URL(url);
    changed.port = String((this.server.address() as AddressInfo).port);
    return changed.href;
  }

  become(mode: ProxyMode): void {
    this.mode = mode;
    if (mode === 'refusing') this.breakConnections();
    for (const socket of this.sockets) {
      if (mode === 'holding') socket.pause();
      else socket.resume();
    }
  }

  breakConnections(): void {
    for (const socket of this.sockets) socket.destroy();
  }

  async stop(): Promise<void> {
    this.breakConnections();
    await new Promise((closed) => {
      this.server.close(closed);
    });
  }

  private accept(near: Socket): void {
    if (this.mode === 'refusing') {
      near.resetAndDestroy();
      return;
    }
    const far = connect(this.targetPort, '127.0.0.1');
    near.on('data', (bytes) => {
      this.onClientBytes(bytes, near);
      far.write(bytes);
    });
    far.on('data', (bytes) => {
      if (this.mode !== 'deafening') near.write(bytes);
    });
    for (const [socket, other] of [
      [near, far],
      [far, near],
    ] as const) {
      this.sockets.add(socket);
      socket.setNoDelay(true);
      if (this.mode === 'holding') socket.pause();
      socket.on('error', () => other.destroy());
      socket.on('close', () => {
        this.sockets.delete(socket);
        other.destroy();
      });
    }
  }
}
