import pino, { type DestinationStream, type Logger } from 'pino';
import type { Principal } from '../auth/index.js';
import type { ClientAddressOf, HttpRequest } from '../http/client-address.js';
import { requestLine } from './request.line.js';

/** Why a request was refused, for those who read logs. */
export interface Refusal {
  readonly event: 'token_refused' | 'foreign_route_refused' | 'rate_limited';
  readonly code?: string | undefined;
  readonly claim?: string | undefined;
  /** Whose token it was, where that is proven. */
  readonly principal?: Principal | undefined;
}

const MAX_TEXT = 1_000;
const HEALTH = /^\/health(?:\/|$)/;

/**
 * One line for each request, and one more where it was refused. They name method, path, address and
 * user agent; no headers, body or query, where secrets could be. As each field is chosen here, these
 * lines need no redaction.
 */
export class RequestLog {
  private readonly logger: Logger;

  constructor(
    level: string,
    private readonly destination: DestinationStream,
    private readonly clientAddressOf: ClientAddressOf,
  ) {
    this.logger = pino({ level }, destination);
  }

  completed(request: HttpRequest, status: number, milliseconds: number): void {
    const { id: requestId } = request;
    const described = this.describe(request);
    const level = HEALTH.test(described.path) ? 'debug' : status >= 500 ? 'error' : 'info';
    if (!this.logger.isLevelEnabled(level)) return;
    const line = requestLine(level, { requestId, ...described, status, milliseconds });
    this.destination.write(line);
  }

  /** The client hung up before it was answered. */
  aborted(request: HttpRequest): void {
    this.logger.info({ requestId: request.id, req: this.describe(request) }, 'request aborted');
  }

  /** What Node's parser refused: there is a connection, but no request. */
  unreadable(requestId: string, status: number, reason: string, socket: HttpRequest['socket']) {
    const ip = this.clientAddressOf({ headers: {}, socket });
    this.logger.info({ requestId, ip, reason, res: { status } }, 'request unreadable');
  }

  refused(refusal: Refusal, request: HttpRequest): void {
    const { event, code, claim } = refusal;
    const { id: requestId, headers } = request;
    const client = { ip: this.clientAddressOf(request), userAgent: cut(headers['user-agent']) };
    this.logger.warn({ requestId, event, code, claim, ...client }, 'request refused');
  }

  private describe(request: HttpRequest) {
    const { method, url, headers } = request;
    const query = url.indexOf('?');
    return {
      method,
      path: cut(query === -1 ? url : url.slice(0, query)),
      ip: this.clientAddressOf(request),
      userAgent: cut(headers['user-agent']),
    };
  }
}

/** What strangers send must not fill the disk. */
function cut<Text extends string | undefined>(text: Text): Text | string {
  return text !== undefined && text.length > MAX_TEXT ? `${text.slice(0, MAX_TEXT)}…` : text;
}
