import type { Sighting } from '../product/witness.js';
import { millis } from '../report/spread.js';
import type { Scenario } from './scenario.js';
import type { Stage } from './stage.js';

export interface Outcome {
  readonly title: string;
  readonly revoked: number;
  /** The longest that a revoked token was accepted, after its revocation was committed. */
  readonly lastAcceptedMs: number;
  /** What the token that nobody revoked was answered, by status. */
  readonly good: Record<number, number>;
  /** From the end of the disturbance until the good token was accepted by all, for good. */
  readonly recoveryMs: number;
  readonly wrong: readonly string[];
}

export function judge(scenario: Scenario, stage: Stage): Outcome {
  const revoked = stage.suspects.filter(({ wasRevoked }) => wasRevoked);
  const sightings = stage.good.sightings;
  const recoveryMs = Math.max(
    0,
    ...sightings
      .filter(({ status }) => status !== 200)
      .map(({ answeredAt }) => answeredAt - stage.calmAt),
  );
  const wrong = [
    ...stage.suspects.flatMap((suspect) => suspect.wrong),
    ...answersNeverGiven(scenario, stage.good.sightings),
    ...stage.suspects.flatMap((suspect) => outagesUnsaid(suspect.sightings)),
  ];
  if (revoked.length === 0) wrong.push('nothing was revoked');
  if (scenario.sees503 && !sightings.some(({ status }) => status === 503)) {
    wrong.push('an API that could know nothing never said so');
  }
  if (recoveryMs > scenario.recoversWithinMs) wrong.push(`recovered after ${millis(recoveryMs)}`);
  return {
    title: scenario.title,
    revoked: revoked.length,
    lastAcceptedMs: Math.max(0, ...revoked.map(({ lastAcceptedMs }) => lastAcceptedMs)),
    good: byStatus(sightings),
    recoveryMs,
    wrong: [...new Set(wrong)],
  };
}

/** A good token is accepted, or nobody can say. */
function answersNeverGiven({ missesAnswers = false }: Scenario, sightings: Sighting[]): string[] {
  const allowed = missesAnswers ? [200, 503, 0] : [200, 503];
  return [
    ...sightings
      .filter(({ status }) => !allowed.includes(status))
      .map(({ status }) => `a good token was answered with ${status}`),
    ...outagesUnsaid(sightings),
  ];
}

function outagesUnsaid(sightings: Sighting[]): string[] {
  return sightings
    .filter(({ status, retryAfter }) => status === 503 && !(Number(retryAfter) > 0))
    .map(() => '503 without Retry-After');
}

function byStatus(sightings: Sighting[]): Record<number, number> {
  const counts: Record<number, number> = {};
  for (const { status } of sightings) counts[status] = (counts[status] ?? 0) + 1;
  return counts;
}
