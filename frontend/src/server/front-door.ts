import { randomBytes } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { clientAddress, type TrustsProxy } from '@tessera/database/contract';
import { CLIENT_ADDRESS } from '../lib/client-address-header.js';
import { withPageStatus } from '../lib/page-status.js';
import { type AdmissionGateOptions, createAdmissionGate } from './admission-gate.js';
import { contentSecurityPolicy, securityHeaders } from './security-headers.js';

export interface FrontDoorOptions extends AdmissionGateOptions {
  webUrl: string;
  apiUrl: string;
  isHttps: boolean;
  trustsProxy: TrustsProxy;
}

/** How soon a page that could not be had is worth another try. */
const RETRY_AFTER_SECONDS = '2';

/** What a client may not tell us about itself; of these only ours, or a trusted proxy's, get through. */
const FORWARDED = [
  'forwarded',
  'x-forwarded-host',
  'x-forwarded-proto',
  'x-forwarded-port',
  'x-real-ip',
];

/**
 * Everything that happens to a request before Next sees it: its address is the socket's (or what a
 * trusted proxy reports), and its answer carries the security headers with a nonce of its own.
 */
export function createFrontDoor(
  options: FrontDoorOptions,
  handle: (request: IncomingMessage, response: ServerResponse) => Promise<void>,
  { dev }: { dev: boolean },
) {
  const fixed = securityHeaders(options);
  const admit = createAdmissionGate(options);
  return (request: IncomingMessage, response: ServerResponse): void => {
    if (isNotForUs(request)) {
      response.writeHead(400, fixed).end();
      return;
    }
    const nonce = randomBytes(16).toString('base64');
    const policy = contentSecurityPolicy(options, nonce, { dev });
    for (const [name, value] of Object.entries(fixed)) response.setHeader(name, value);
    response.setHeader('content-security-policy', policy);
    setClientAddress(request, options);
    // Next takes the nonce for its own scripts from this request header.
    request.headers['content-security-policy'] = policy;
    const answer = { status: undefined };
    const writeHead = response.writeHead.bind(response);
    response.writeHead = (status: number, ...rest: never[]) => {
      if (answer.status === 503) response.setHeader('retry-after', RETRY_AFTER_SECONDS);
      return writeHead(answer.status ?? status, ...rest);
    };
    admit(request, response, () => {
      withPageStatus(answer, () => handle(request, response)).catch(() => {
        if (!response.headersSent) response.writeHead(500);
        response.end();
      });
    });
  };
}

/**
 * What one asks of a proxy: a whole address (which Next would redirect to, whosever it is), the server
 * as such (`*`), or one's own request back (TRACE).
 *
 * @see https://www.rfc-editor.org/rfc/rfc9112#section-3.2
 */
function isNotForUs({ method, url }: IncomingMessage): boolean {
  return method === 'TRACE' || url?.startsWith('/') !== true;
}

/** Replaces whatever the client claims by `x-client-ip`, the one header that the app believes. */
function setClientAddress(
  request: Pick<IncomingMessage, 'headers' | 'socket'>,
  { webUrl, trustsProxy }: Pick<FrontDoorOptions, 'webUrl' | 'trustsProxy'>,
): void {
  const { headers } = request;
  const forwardedFor = headers['x-forwarded-for'];
  const chain = Array.isArray(forwardedFor) ? forwardedFor.join(',') : forwardedFor;
  const address = clientAddress(request.socket.remoteAddress, chain, trustsProxy);
  for (const name of FORWARDED) delete headers[name];
  headers[CLIENT_ADDRESS] = address;
  headers['x-forwarded-for'] = address;
  // What the client asked for, under a name that it cannot fill itself: the mail page wants to know.
  const sentHost = headers.host;
  delete headers['x-sent-host'];
  if (sentHost !== undefined) headers['x-sent-host'] = sentHost;
  // Redirects are built from these; the public origin is configuration, not what `Host` says.
  const { host, protocol } = new URL(webUrl);
  headers['host'] = host;
  headers['x-forwarded-host'] = host;
  headers['x-forwarded-proto'] = protocol.slice(0, -1);
}
