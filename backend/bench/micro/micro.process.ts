// Measures the kernel in a process of its own, which the bench pins to a core.
import { createCases, type MicroName } from './kernel.cases.js';
import type { Case } from './verification.case.js';

export interface MicroOrder {
  readonly rounds: number;
  readonly millisPerCase: number;
}

export interface MicroResult {
  readonly title: string;
  /** CPU time of one run, of the best round. */
  readonly cpuMicros: number;
}

export type MicroResults = Record<MicroName, MicroResult>;

/** Rounds are interleaved: whatever disturbs the machine for a while disturbs all cases alike. */
function measure({ rounds, millisPerCase }: MicroOrder): MicroResults {
  const cases = Object.entries(createCases()).map(([name, each]) => {
    check(each);
    return { name, each, count: calibrate(each, millisPerCase), best: Number.POSITIVE_INFINITY };
  });
  for (let round = 0; round < rounds; round += 1) {
    for (const entry of cases) {
      globalThis.gc?.();
      entry.best = Math.min(entry.best, time(entry.each, entry.count));
    }
  }
  return Object.fromEntries(
    cases.map(({ name, each, best }) => [name, { title: each.title, cpuMicros: best }]),
  ) as MicroResults;
}

function check({ title, run, expected }: Case): void {
  const result = run();
  if (result !== expected) throw new Error(`${title}: ${String(result)}, not ${String(expected)}`);
}

/** How often a case runs in about so much time; warms it up as well. */
function calibrate(each: Case, millis: number): number {
  time(each, 2_000);
  return Math.max(100, Math.ceil((millis * 1000) / time(each, 2_000)));
}

/** Microseconds of CPU for one run. */
function time({ run, expected }: Case, count: number): number {
  const before = process.cpuUsage();
  let wrong = 0;
  for (let turn = 0; turn < count; turn += 1) if (run() !== expected) wrong += 1;
  const { user, system } = process.cpuUsage(before);
  if (wrong > 0) throw new Error(`${wrong} of ${count} runs went wrong`);
  return (user + system) / count;
}

process.once('message', (order: MicroOrder) => {
  process.send?.(measure(order), () => process.disconnect());
});
