import { cpus, loadavg } from 'node:os';
import type { Figure } from '../report/figure.js';

/** Ends the process with 1 when a figure was missed or could not be measured. */
export function runMeasurement(measure: () => Promise<readonly Figure[]>): void {
  const [load = 0] = loadavg();
  if (load > cpus().length / 2) {
    console.log(
      `The machine is busy (load ${load.toFixed(1)}): what follows is measured too long.`,
    );
  }
  void run(measure).then((code) => process.exit(code));
}

async function run(measure: () => Promise<readonly Figure[]>): Promise<0 | 1> {
  try {
    const figures = await measure();
    const missed = figures.filter(({ holds }) => !holds).length;
    console.log(`\n${figures.length - missed} held, ${missed} missed`);
    return missed === 0 ? 0 : 1;
  } catch (error) {
    console.error(error);
    return 1;
  }
}
