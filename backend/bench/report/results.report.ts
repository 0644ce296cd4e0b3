import { HTTP_ROWS, type HttpRowName } from '../http/http.rows.js';
import { figureTable } from './figure.js';
import { judge } from './figures.js';
import { lineOf } from './machine.js';
import type { Results } from './results.js';
import { textTable } from './text.table.js';

/** The results as Markdown, for the terminal and for docs/performance.md. */
export function reportOf(results: Results): string {
  const pinned = results.machine.pinned ? 'server and load on a core each' : 'not pinned to cores';
  return [
    `${lineOf(results.machine)} · ${pinned}`,
    figureTable(judge(results)),
    httpTable(results),
    microTable(results),
  ].join('\n\n');
}

function httpTable({ http }: Results): string {
  const names = Object.keys(HTTP_ROWS) as HttpRowName[];
  const to = (peer: HttpRowName, name: HttpRowName) =>
    `${(http[name].requestsPerSecond / http[peer].requestsPerSecond).toFixed(1)}×`;
  const lines = names.map((name) => [
    HTTP_ROWS[name].title,
    http[name].cpuMicros.toFixed(1),
    Math.round(http[name].requestsPerSecond).toString(),
    `${Math.round(http[name].busy * 100)} %`,
    to('expressKeyObject', name),
    to('expressString', name),
  ]);
  return textTable([
    ['HTTP', 'CPU µs/request', 'req/s', 'core used', 'to KeyObject', 'to string'],
    ...lines,
  ]);
}

function microTable({ micro }: Results): string {
  const lines = Object.values(micro).map(({ title, cpuMicros }) => [
    title,
    cpuMicros.toFixed(2),
    Math.round(1e6 / cpuMicros).toString(),
    `${(cpuMicros / micro.cold.cpuMicros).toFixed(2)}×`,
  ]);
  return textTable([['Kernel', 'CPU µs', 'per second', 'cost to HS256 cold'], ...lines]);
}
