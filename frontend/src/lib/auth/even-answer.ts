import { AsyncLocalStorage } from 'node:async_hooks';
import { setTimeout as delay } from 'node:timers/promises';

const STEP_MS = 250;

/** Monotonic milliseconds, and a timer, which may well be early: Node's counts from the last event. */
const CLOCK = { now: () => performance.now(), wait: (ms: number): Promise<unknown> => delay(ms) };

const requests = new AsyncLocalStorage<{ begin(): void }>();

/**
 * Gives the outcome of `work`, an error too, a multiple of 250 ms after it began: for answers that must
 * not tell by their time whether an e-mail is somebody's (FR-007). At steps rather than after a pause,
 * which load would shift together with the difference that it is to hide.
 */
export async function evenly<T>(work: () => Promise<T>, clock = CLOCK): Promise<T> {
  let begunAt = clock.now();
  const begin = () => void (begunAt = clock.now());
  try {
    return await requests.run({ begin }, work);
  } finally {
    const steps = Math.floor((clock.now() - begunAt) / STEP_MS) + 1;
    const dueAt = begunAt + steps * STEP_MS;
    for (let left = dueAt - clock.now(); left > 0; left = dueAt - clock.now()) {
      await clock.wait(left);
    }
  }
}

/**
 * Says that the body has arrived and the work begins only now. Otherwise a client could dawdle over it
 * until the little that is to be hidden decides between two steps.
 */
export function beginEvenly(): void {
  requests.getStore()?.begin();
}
