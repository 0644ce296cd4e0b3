import {
  createServer,
  type IncomingHttpHeaders,
  type ServerResponse,
  type Server,
} from 'node:http';
import { type AddressInfo, connect, type Socket } from 'node:net';
import { once } from 'node:events';
import { createAdmission, TICKET } from '../lib/auth/admission';
import { createAdmissionGate } from './admission-gate';

const SIGN_IN = '/api/auth/sign-in/email';

interface Served {
  headers: IncomingHttpHeaders;
  response: ServerResponse;
}

describe('the gate for what hashes a password (SC-006)', () => {
  const admission = createAdmission(1);
  const record = jest.fn();
  let server: Server;
  let port: number;
  /** Is told what got through, and answers when the test wants it to. */
  let served: (got: Served) => void;
  const nextServed = () => new Promise<Served>((resolve) => (served = resolve));

  beforeAll(async () => {
    const gate = createAdmissionGate({ admission, recorder: { record } });
    server = createServer((request, response) =>
      gate(request, response, () => served({ headers: request.headers, response })),
    );
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    ({ port } = server.address() as AddressInfo);
  });
  afterAll(() => server.closeAllConnections());
  afterAll(() => new Promise((resolve) => server.close(resolve)));
  beforeEach(() => record.mockClear());

  const post = (path = SIGN_IN, headers: Record<string, string> = {}) =>
    fetch(`http://127.0.0.1:${port}${path}`, {
      method: 'POST',
      headers: { connection: 'close', ...headers },
      body: '{}',
    });

  /** Sends these lines and leaves the connection open. */
  async function send(body: string, length = body.length): Promise<Socket> {
    const socket = connect(port, '127.0.0.1');
    await once(socket, 'connect');
    socket.write(`POST ${SIGN_IN} HTTP/1.1\r\nHost: x\r\nContent-Length: ${length}\r\n\r\n${body}`);
    return socket;
  }

  it('refuses beyond capacity at once, says when to come back, and records it', async () => {
    const first = nextServed();
    const answer = post();
    const { response } = await first;
    served = () => expect('it got through').toBe('it was refused');
    const refused = await post();
    expect(refused.status).toBe(503);
    expect(refused.headers.get('retry-after')).toMatch(/^[1-9]$|^10$/);
    expect(refused.headers.get('cache-control')).toBe('no-store');
    expect(await refused.json()).toMatchObject({ code: 'OVERLOADED' });
    expect(record).toHaveBeenCalledTimes(1);
    expect(record).toHaveBeenCalledWith(
      expect.objectContaining({ kind: 'overloaded', outcome: 'refused' }),
    );
    const [event] = record.mock.calls[0] ?? [];
    expect(event.requestId).toMatch(/^[\da-f]{8}-[\da-f-]{27}$/);
    response.end();
    expect((await answer).status).toBe(200);
  });

  it('lets the next one in when one was answered', async () => {
    for (let round = 0; round < 3; round += 1) {
      const got = nextServed();
      const answer = post();
      (await got).response.end();
      expect((await answer).status).toBe(200);
    }
  });

  it('gives a ticket that no client can write itself', async () => {
    for (const [path, ticket] of [
      ['/', undefined],
      [SIGN_IN, expect.stringMatching(/^\d+$/)],
    ] as const) {
      const got = nextServed();
      const answer = post(path, { [TICKET]: 'forged' });
      const { headers, response } = await got;
      expect(headers[TICKET]).toEqual(ticket);
      response.end();
      await answer;
    }
  });

  it('keeps the place of a client that hung up, while somebody works for it', async () => {
    const got = nextServed();
    const socket = await send('{}');
    const { headers, response } = await got;
    const leave = admission.take(String(headers[TICKET]));
    const closed = once(response, 'close');
    socket.destroy();
    await closed;
    expect(admission.enter()).toBeUndefined();
    leave?.();
    const again = admission.enter();
    expect(again).toBeDefined();
    again?.();
  });

  it('frees the place of a client that hung up before anybody began', async () => {
    const got = nextServed();
    const socket = await send('{}');
    const closed = once((await got).response, 'close');
    socket.destroy();
    await closed;
    const next = admission.enter();
    expect(next).toBeDefined();
    next?.();
  });

  it('gives no place to what waits behind another answer on its connection', async () => {
    const tickets: unknown[] = [];
    const responses: ServerResponse[] = [];
    const all = new Promise<void>((resolve) => {
      served = ({ headers, response }) => {
        tickets.push(headers[TICKET]);
        if (responses.push(response) === 4) resolve();
      };
    });
    const socket = connect(port, '127.0.0.1');
    await once(socket, 'connect');
    const form = `POST ${SIGN_IN} HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\n\r\n{}`;
    socket.write(`GET / HTTP/1.1\r\nHost: x\r\n\r\n${form.repeat(3)}`);
    await all;
    socket.destroy();
    expect(tickets).toEqual([undefined, undefined, undefined, undefined]);
    const next = admission.enter();
    expect(next).toBeDefined();
    next?.();
  });

  it('gives no place to a body that is still on its way', async () => {
    const got = nextServed();
    const dawdling = await send('{', 2);
    expect((await got).headers[TICKET]).toBeUndefined();
    const next = nextServed();
    const answer = post();
    (await next).response.end();
    expect((await answer).status).toBe(200);
    dawdling.destroy();
  });
});

describe('when to come back', () => {
  it('is the later, the more are refused for each that leaves, and spread', () => {
    const admission = createAdmission(1, () => 0.999);
    const leave = admission.enter();
    admission.enter();
    expect(admission.retryAfterSeconds()).toBe(1);
    for (let count = 0; count < 4; count += 1) admission.enter();
    expect(admission.retryAfterSeconds()).toBe(5);
    for (let count = 0; count < 100; count += 1) admission.enter();
    expect(admission.retryAfterSeconds()).toBe(10);
    leave?.();
    expect(createAdmission(1, () => 0).retryAfterSeconds()).toBe(1);
  });
});
