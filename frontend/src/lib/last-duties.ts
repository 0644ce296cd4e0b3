// Our server and Next's bundle hold two copies of this module; what is left to do is the process's.
const KEY = Symbol.for('tessera.last-duties');
const registry = globalThis as { [KEY]?: (() => Promise<void>)[] };

/** Has something finished before the process ends, though not for ever. */
export function beforeStop(duty: () => Promise<void>): void {
  (registry[KEY] ??= []).push(duty);
}

/** Resolves when all is done, or `patienceMs` are over. */
export async function doLastDuties(patienceMs: number): Promise<void> {
  const done = Promise.allSettled((registry[KEY] ?? []).map((duty) => duty()));
  const tooLate = new Promise<void>((resolve) => {
    setTimeout(resolve, patienceMs).unref();
  });
  await Promise.race([done, tooLate]);
}
