import { figureTable, type Figure } from '../report/figure.js';
import { lineOf, type Machine } from '../report/machine.js';
import { millis, spreadOf } from '../report/spread.js';
import { textTable } from '../report/text.table.js';
import type { CheckResult } from './check.process.js';
import type { QueriesResult } from './queries.js';
import type { TrialGroup } from './trial.js';

export interface RevocationResults {
  readonly machine: Machine;
  readonly listening: readonly TrialGroup[];
  readonly deaf: readonly TrialGroup[];
  readonly queries: QueriesResult;
  readonly check: CheckResult;
}

const NOTIFIED_P99_MS = 50;
const DEAF_MOST_MS = 1_500;
const CHECK_MICROS = 1;

export function judgeListening(groups: readonly TrialGroup[]): Figure {
  const { p50, p99, max, count } = spreadOf(groups.flatMap(({ delays }) => delays));
  return {
    claim: `Refused by three APIs, ${count} refusals: p99 ≤ ${NOTIFIED_P99_MS} ms`,
    reached: `${millis(p99)} (p50 ${millis(p50)}, max ${millis(max)})`,
    holds: p99 <= NOTIFIED_P99_MS,
  };
}

export function judgeDeaf(groups: readonly TrialGroup[]): Figure {
  const { p50, p99, max, count } = spreadOf(groups.flatMap(({ delays }) => delays));
  return {
    claim: `The same without notifications, ${count} refusals: all ≤ ${DEAF_MOST_MS} ms`,
    reached: `${millis(max)} (p50 ${millis(p50)}, p99 ${millis(p99)})`,
    holds: max <= DEAF_MOST_MS,
  };
}

export function judgeVerdicts(groups: readonly TrialGroup[]): Figure {
  const wrong = groups.flatMap((group) => group.wrong);
  return {
    claim: 'Nothing but 200 before a refusal and 401 after it',
    reached: wrong.length === 0 ? 'nothing else' : `${wrong.length} others, such as ${wrong[0]}`,
    holds: wrong.length === 0,
  };
}

export function judgeQueries({ requests, seconds, whileAsked, whileIdle }: QueriesResult): Figure {
  return {
    claim: `Database statements of ${requests} authorised requests: none`,
    reached: `${whileAsked} in ${seconds.toFixed(1)} s, ${whileIdle} in as long without requests`,
    // A read of the feed may fall on either side of the border, for each of three APIs.
    holds: whileAsked <= whileIdle + 3,
  };
}

export function judgeCheck({ revoked, withoutMicros, withMicros }: CheckResult): Figure {
  const added = withMicros - withoutMicros;
  return {
    claim: `The check adds ≤ ${CHECK_MICROS} µs of CPU to a token that is known`,
    reached: `${added.toFixed(2)} µs (${withMicros.toFixed(2)} to ${withoutMicros.toFixed(2)}, ${revoked} sessions revoked)`,
    holds: added <= CHECK_MICROS,
  };
}

export const judgeRevocation = (results: RevocationResults): Figure[] => [
  judgeListening(results.listening),
  judgeDeaf(results.deaf),
  judgeVerdicts([...results.listening, ...results.deaf]),
  judgeQueries(results.queries),
  judgeCheck(results.check),
];

const byWay = (groups: readonly TrialGroup[]) =>
  groups.map(({ way, delays }) => ({ way, ...spreadOf(delays) }));

/** A line for each way to end a session. */
export const waysTable = (groups: readonly TrialGroup[]) =>
  textTable([
    ['Ended by', 'refusals', 'p50', 'p99', 'max'],
    ...byWay(groups).map(({ way, count, p50, p99, max }) => [
      way,
      String(count),
      millis(p50),
      millis(p99),
      millis(max),
    ]),
  ]);

/** What is kept: every single time would be a long list. */
export const toData = ({ listening, deaf, ...rest }: RevocationResults) => ({
  ...rest,
  listening: byWay(listening),
  deaf: byWay(deaf),
});

export const reportOfRevocation = (results: RevocationResults) =>
  [
    lineOf(results.machine),
    figureTable(judgeRevocation(results)),
    'From the answer to whoever ended the session, to the first refusal by each API:',
    waysTable(results.listening),
    'With the notifications cut off:',
    waysTable(results.deaf),
  ].join('\n\n');
