import type { IncomingMessage, ServerResponse } from 'node:http';
import { requestIdFrom } from '@tessera/database/contract';
import type { SecurityEventRecorder } from '@tessera/database/security-events';
import { type Admission, hashesPassword, TICKET } from '../lib/auth/admission.js';
import { CLIENT_ADDRESS } from '../lib/client-address-header.js';
import { AUTH_ERRORS } from '../lib/auth/auth-error-codes.js';

export interface AdmissionGateOptions {
  admission: Admission;
  recorder: Pick<SecurityEventRecorder, 'record'>;
}

/**
 * Refuses what is beyond capacity before Next has any work with it: a request costs Next more than to
 * refuse it, and a thousand at once would keep the ones inside from being finished.
 *
 * A request whose body is still under way is let through uncounted, to be admitted by the handler when it
 * is complete: clients that dawdle would otherwise take the place of all others.
 */
export function createAdmissionGate({ admission, recorder }: AdmissionGateOptions) {
  return (request: IncomingMessage, response: ServerResponse, next: () => void): void => {
    delete request.headers[TICKET];
    const [path = ''] = (request.url ?? '').split('?', 1);
    if (request.method !== 'POST' || !hashesPassword(path)) return next();
    // Pipelined, behind another answer: of its own end such a one is never told (Node emits no `close`),
    // so its place would be gone for ever.
    if (response.socket === null) return next();
    // Once what has arrived is read: by then most are complete.
    setImmediate(() => {
      if (!request.complete) return next();
      const leave = admission.enter();
      if (leave === undefined) return refuse(request, response);
      const ticket = admission.handOn(leave);
      request.headers[TICKET] = ticket;
      // A client that hangs up frees the place only while nobody works on what it asked for.
      response.once('close', () => admission.take(ticket)?.());
      return next();
    });
  };

  function refuse({ headers }: IncomingMessage, response: ServerResponse): void {
    recorder.record({
      kind: 'overloaded',
      outcome: 'refused',
      ip: String(headers[CLIENT_ADDRESS]),
      userAgent: headers['user-agent'],
      requestId: requestIdFrom(headers['x-request-id']),
    });
    const [status, message] = AUTH_ERRORS.OVERLOADED;
    response.writeHead(status, {
      'content-type': 'application/json',
      'cache-control': 'no-store',
      'retry-after': String(admission.retryAfterSeconds()),
    });
    response.end(JSON.stringify({ code: 'OVERLOADED', message }));
  }
}
