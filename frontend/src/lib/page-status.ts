import { AsyncLocalStorage } from 'node:async_hooks';

interface PageAnswer {
  status: number | undefined;
}

// Our server and Next's bundle hold two copies of this module; the storage is the process's.
const KEY = Symbol.for('tessera.page-status');
const registry = globalThis as { [KEY]?: AsyncLocalStorage<PageAnswer> };
const answers = (registry[KEY] ??= new AsyncLocalStorage<PageAnswer>());

/** Runs a request whose page may say, while it renders, with which status it is to be sent. */
export function withPageStatus<T>(answer: PageAnswer, work: () => T): T {
  return answers.run(answer, work);
}

/** Next has statuses for "not found" and for faults, but none for "come back later" (503). */
export function setPageStatus(status: number): void {
  const answer = answers.getStore();
  if (answer !== undefined) answer.status = status;
}
