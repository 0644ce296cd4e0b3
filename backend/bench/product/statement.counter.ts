import type { TcpProxy } from './tcp.proxy.js';

const TYPE_BYTES = 1;
const LENGTH_BYTES = 4;
/** A simple query, and the execution of a prepared one. */
const STATEMENTS = new Set(['Q', 'E']);

/** Counts the statements that pass a proxy, by reading PostgreSQL's protocol as the client speaks it. */
export class StatementCounter {
  /** What has come of a message that is not complete, by connection. */
  private readonly unread = new Map<object, Buffer>();
  count = 0;

  constructor(proxy: TcpProxy) {
    proxy.onClientBytes = (bytes, connection) => this.read(bytes, connection);
  }

  private read(bytes: Buffer, connection: object): void {
    // Only the first message of a connection has no type; a connection that is not known just begins.
    const known = this.unread.get(connection);
    let rest = known === undefined ? bytes : Buffer.concat([known, bytes]);
    if (known === undefined) rest = rest.subarray(rest.readInt32BE(0));
    while (rest.length >= TYPE_BYTES + LENGTH_BYTES) {
      const end = TYPE_BYTES + rest.readInt32BE(TYPE_BYTES);
      if (rest.length < end) break;
      if (STATEMENTS.has(rest.toString('latin1', 0, TYPE_BYTES))) this.count += 1;
      rest = rest.subarray(end);
    }
    this.unread.set(connection, rest);
  }
}
