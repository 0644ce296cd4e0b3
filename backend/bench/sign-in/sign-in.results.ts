import { figureTable, type Figure } from '../report/figure.js';
import { lineOf, type Machine } from '../report/machine.js';
import { millis } from '../report/spread.js';
import type { BurstResult } from './burst.js';
import type { CpuResult } from './cpu.js';
import type { TimingResult } from './timing.js';

export interface SignInResults {
  readonly machine: Machine;
  readonly burst: BurstResult;
  readonly cpu: CpuResult;
  readonly timing: TimingResult;
}

const LONGEST_WAIT_MS = 15_000;
const API_P99_MS = 250;
const CPU_ABOVE_HASH_MS = 20;
const TIMING_SHARE = 0.05;
const MOST_MIB = 1_024;

export function judgeBurst(burst: BurstResult): Figure[] {
  const { clients, signedIn, wrongAnswers, answers, residentMiB, apiCalls, apiFailures } = burst;
  return [
    {
      claim: `${clients} sign-ins at once: every answer is 200, or 503 with Retry-After`,
      reached:
        wrongAnswers.length === 0
          ? `all ${burst.requests} (${burst.busyAnswers} × 503)`
          : `${wrongAnswers.length} others, such as ${wrongAnswers[0]}`,
      holds: wrongAnswers.length === 0,
    },
    {
      claim: 'Longest wait for an answer ≤ 15 s',
      reached: `${millis(answers.max)} (p50 ${millis(answers.p50)}, p99 ${millis(answers.p99)})`,
      holds: answers.max <= LONGEST_WAIT_MS,
    },
    {
      claim: `All ${clients} are in at last`,
      reached: `${signedIn} after ${burst.totalSeconds.toFixed(1)} s`,
      holds: signedIn === clients,
    },
    {
      claim: `Memory of the web app ≤ ${MOST_MIB} MiB`,
      reached: `${residentMiB.most.toFixed(0)} MiB (${residentMiB.before.toFixed(0)} before)`,
      holds: residentMiB.most <= MOST_MIB,
    },
    {
      claim: `Guarded API calls meanwhile, p99 < ${API_P99_MS} ms`,
      reached: `${millis(apiCalls.p99)} (p50 ${millis(apiCalls.p50)}, max ${millis(apiCalls.max)}, ${apiFailures} of ${apiCalls.count} failed)`,
      holds: apiCalls.p99 < API_P99_MS && apiFailures === 0,
    },
  ];
}

export function judgeCpu({ cpuMillisEach, bareMillisEach }: CpuResult): Figure {
  const above = cpuMillisEach - bareMillisEach;
  return {
    claim: `CPU per sign-in above the bare hash ≤ ${CPU_ABOVE_HASH_MS} ms`,
    reached: `${above.toFixed(1)} ms (${cpuMillisEach.toFixed(1)}, hash ${bareMillisEach.toFixed(1)})`,
    holds: above <= CPU_ABOVE_HASH_MS,
  };
}

export function judgeTiming({ known, unknown }: TimingResult): Figure {
  const apart = Math.abs(known - unknown) / Math.min(known, unknown);
  return {
    claim: 'Refusal of a known and an unknown e-mail: medians within 5 %',
    reached: `${(apart * 100).toFixed(1)} % (${known.toFixed(2)} and ${unknown.toFixed(2)} ms)`,
    holds: apart <= TIMING_SHARE,
  };
}

export const judgeSignIn = ({ burst, cpu, timing }: SignInResults): Figure[] => [
  ...judgeBurst(burst),
  judgeCpu(cpu),
  judgeTiming(timing),
];

export const reportOfSignIn = (results: SignInResults) =>
  `${lineOf(results.machine)}\n\n${figureTable(judgeSignIn(results))}`;
