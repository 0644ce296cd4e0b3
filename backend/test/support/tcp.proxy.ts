import { connect, createServer, type AddressInfo, type Socket } from 'node:net';

export interface TcpProxy {
  /** `url`, by way of the proxy. */
  through(url: string): string;
  /** Breaks every connection and refuses new ones, as a stopped server does. */
  cut(): void;
  /** Carries nothing more and breaks nothing, as a frozen server does. */
  stall(): void;
  /** After a stall: new connections are carried, those before stay stalled. */
  acceptAgain(): void;
  /** Keeps back what comes until it is released. */
  hold(): () => void;
  restore(): void;
  close(): Promise<void>;
}

/** Stands between the app and its database, so that one test can take the database away. */
export async function startTcpProxy(targetUrl: string): Promise<TcpProxy> {
  const target = new URL(targetUrl);
  const sockets = new Set<Socket>();
  let isCut = false;
  let isStalled = false;
  const server = createServer((near) => {
    if (isCut) {
      near.resetAndDestroy();
      return;
    }
    const far = connect(Number(target.port), target.hostname);
    for (const [socket, other] of [
      [near, far],
      [far, near],
    ] as const) {
      sockets.add(socket);
      if (!isStalled) socket.pipe(other);
      socket.on('error', () => other.destroy());
      socket.on('close', () => {
        sockets.delete(socket);
        other.destroy();
      });
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    through: (url) => {
      const changed = new URL(url);
      changed.host = `127.0.0.1:${port}`;
      return changed.href;
    },
    cut: () => {
      isCut = true;
      for (const socket of sockets) socket.destroy();
    },
    stall: () => {
      isStalled = true;
      for (const socket of sockets) socket.unpipe().pause();
    },
    acceptAgain: () => {
      isStalled = false;
    },
    hold: () => {
      const held = [...sockets];
      for (const socket of held) socket.pause();
      return () => {
        for (const socket of held) socket.resume();
      };
    },
    restore: () => {
      isCut = false;
      isStalled = false;
      // What was stalled is as good as lost: whoever waited for it has given up.
      for (const socket of sockets) if (socket.isPaused()) socket.destroy();
    },
    close: () =>
      new Promise((resolve) => {
        for (const socket of sockets) socket.destroy();
        server.close(() => resolve());
      }),
  };
}
