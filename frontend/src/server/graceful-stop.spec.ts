import { once } from 'node:events';
import { createServer, type RequestListener, type Server } from 'node:http';
import { type AddressInfo, connect, type Socket } from 'node:net';
import { text } from 'node:stream/consumers';
import { closingWhenServed } from './graceful-stop';

/** More than the operating system takes at once, so that a part of it waits in our process. */
const LARGE = 'x'.repeat(20_000_000);
const REQUEST = 'GET / HTTP/1.1\r\nHost: localhost\r\n\r\n';

describe('closing the server', () => {
  let server: Server;
  const clients: Socket[] = [];
  afterEach(() => {
    for (const client of clients.splice(0)) client.destroy();
    server.closeAllConnections();
  });

  async function listen(handle: RequestListener): Promise<() => Promise<void>> {
    // As long as ours: a test that waits for this to run out fails.
    server = createServer({ keepAliveTimeout: 75_000 }, handle);
    const close = closingWhenServed(server);
    await once(server.listen(0, '127.0.0.1'), 'listening');
    return close;
  }

  /** A connection that the server has accepted, kept alive for as long as the server likes. */
  async function open(): Promise<Socket> {
    const accepted = once(server, 'connection');
    const client = connect((server.address() as AddressInfo).port, '127.0.0.1');
    clients.push(client);
    await accepted;
    return client;
  }

  it('does not wait for a connection that never said a word', async () => {
    const close = await listen((_, response) => response.end());
    const silent = await open();
    const closed = once(silent.resume(), 'close');
    await close();
    await closed;
    expect(silent.bytesRead).toBe(0);
  }, 2_000);

  it('finishes the request in flight, whole, and then does not wait for the next on its connection', async () => {
    const close = await listen(() => undefined);
    const client = await open();
    const asked = once(server, 'request');
    client.write(REQUEST);
    const [, response] = (await asked) as Parameters<RequestListener>;
    const closed = close();
    response.end(LARGE);
    const answer = await text(client);
    expect(answer).toContain('200 OK');
    expect(answer.endsWith(LARGE)).toBe(true);
    await closed;
  }, 4_000);

  it('does not cut off an answer that is written and still on its way', async () => {
    const close = await listen((_, response) => response.end(LARGE));
    const client = await open();
    const asked = once(server, 'request');
    client.write(REQUEST);
    await asked;
    const closed = close();
    expect((await text(client)).endsWith(LARGE)).toBe(true);
    await closed;
  }, 4_000);
});
