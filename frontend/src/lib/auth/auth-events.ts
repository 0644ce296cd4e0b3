import { AsyncLocalStorage } from 'node:async_hooks';
import { requestIdFrom } from '@tessera/database/contract';
import type { SecurityEvent, SecurityEventRecorder } from '@tessera/database/security-events';
import { CLIENT_ADDRESS } from '@/lib/client-address-header';
import { reportProblem } from '@/lib/report-problem';
import { hashEmail } from './email-hash';

/** What happened to an account, or was refused (FR-026), as far as the request does not say it. */
export type AuthEvent = Pick<
  SecurityEvent,
  | 'kind'
  | 'outcome'
  | 'reason'
  | 'userId'
  /** Finds the user, or is kept as a keyed hash; never stored itself. */
  | 'email'
  | 'sessionId'
>;

export interface EventSink {
  recorder: Pick<SecurityEventRecorder, 'record'>;
  /** Of the key by which e-mails are hashed. */
  cookieSecret: string;
}

interface Served extends EventSink {
  caller: Pick<SecurityEvent, 'ip' | 'userAgent' | 'requestId'>;
}

const requests = new AsyncLocalStorage<Served>();

/** Serves a request whose events are recorded with where it came from. */
export function recordingEvents<T>(request: Request, sink: EventSink, work: () => T): T {
  const { headers } = request;
  const caller = {
    ip: headers.get(CLIENT_ADDRESS) ?? undefined,
    userAgent: headers.get('user-agent') ?? undefined,
    requestId: requestIdFrom(headers.get('x-request-id')),
  };
  return requests.run({ ...sink, caller }, work);
}

/** Records an event of the request that is being served. Only enqueues; never throws. */
export function recordAuthEvent(event: AuthEvent): void {
  const served = requests.getStore();
  if (served === undefined) {
    reportProblem(`No request that "${event.kind}" could be recorded with`, {});
    return;
  }
  const { recorder, cookieSecret, caller } = served;
  // As accounts keep it, whatever the form sent.
  const email = event.email?.trim().toLowerCase();
  const subjectHash = email === undefined ? undefined : hashEmail(email, cookieSecret);
  recorder.record({ ...event, ...caller, email, subjectHash });
}
