import { Inject, Injectable } from '@nestjs/common';
import { SecurityEventRecorder } from '@tessera/database/security-events';
import { principalOf } from '../auth/index.js';
import { CLIENT_ADDRESS, type ClientAddressOf, type HttpRequest } from '../http/client-address.js';
import { RequestLog, type Refusal } from '../logging/request.log.js';

/** What becomes of a refusal besides its answer: a line for those who read logs, and a security event. */
@Injectable()
export class RefusedRequests {
  constructor(
    private readonly requestLog: RequestLog,
    private readonly recorder: SecurityEventRecorder,
    @Inject(CLIENT_ADDRESS) private readonly clientAddressOf: ClientAddressOf,
  ) {}

  refused(refusal: Refusal, request: HttpRequest): void {
    this.requestLog.refused(refusal, request);
    // Whose token was verified; what an unverified one says of itself is nobody's name.
    const principal = principalOf(request) ?? refusal.principal;
    this.recorder.record({
      kind: refusal.event,
      outcome: 'refused',
      reason: refusal.code,
      userId: principal?.userId,
      sessionId: principal?.sessionId,
      ip: this.clientAddressOf(request),
      userAgent: request.headers['user-agent'],
      requestId: request.id,
    });
  }
}
