import { Agent, request, type IncomingHttpHeaders } from 'node:http';

export interface Exchange {
  readonly port: number;
  readonly path: string;
  readonly method?: 'GET' | 'POST';
  readonly headers?: Record<string, string>;
  /** Sent as JSON. */
  readonly body?: object;
  readonly agent?: Agent;
  readonly timeoutMs?: number;
}

export interface Answer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

const TIMEOUT_MS = 30_000;

/** No request waits for another one's connection. */
const everyConnection = new Agent({ keepAlive: true, maxSockets: Infinity });

/** One request over loopback. @throws when there is no answer, or none in time */
export function exchange(what: Exchange): Promise<Answer> {
  const { port, path, method = 'GET', headers, agent = everyConnection } = what;
  const body = what.body === undefined ? undefined : JSON.stringify(what.body);
  const type = body === undefined ? {} : { 'content-type': 'application/json' };
  return new Promise((resolve, reject) => {
    const options = { host: '127.0.0.1', port, path, method, agent };
    const sent = request({ ...options, headers: { ...type, ...headers } }, (response) => {
      let text = '';
      response.setEncoding('utf8');
      response.on('data', (chunk: string) => {
        text += chunk;
      });
      response.on('error', reject);
      response.on('end', () => {
        clearTimeout(timer);
        resolve({ status: response.statusCode ?? 0, headers: response.headers, body: text });
      });
    });
    const late = () => sent.destroy(new Error(`${method} ${path}: no answer in time`));
    const timer = setTimeout(late, what.timeoutMs ?? TIMEOUT_MS);
    sent.on('error', (error) => {
      clearTimeout(timer);
      reject(error);
    });
    sent.end(body);
  });
}
