import type { SecurityEventRecorder } from '@tessera/database/security-events';

// Our server and Next's bundle hold two copies of this module; the recorder is the process's.
const KEY = Symbol.for('tessera.event-recorder');
const registry = globalThis as { [KEY]?: SecurityEventRecorder };

export function shareEventRecorder(recorder: SecurityEventRecorder): void {
  registry[KEY] = recorder;
}

/** @throws Error outside our own server, which shares it before it listens */
export function sharedEventRecorder(): SecurityEventRecorder {
  const recorder = registry[KEY];
  if (recorder === undefined) throw new Error('The recorder is not there: start src/server.ts');
  return recorder;
}
