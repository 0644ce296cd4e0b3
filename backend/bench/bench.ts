// Measures everything, prints it, and writes it down. `--quick` is for a look: it writes nothing.
import { BenchProcess } from './bench.process.js';
import { findCores, type Cores } from './cores.js';
import { FailedRequestsError, measureHttp } from './http/http.benchmark.js';
import type { MicroOrder, MicroResults } from './micro/micro.process.js';
import { writeDown } from './report/document.js';
import { thisMachine } from './report/machine.js';
import { reportOf } from './report/results.report.js';
import type { Results } from './report/results.js';

const quick = process.argv.includes('--quick');

async function main(): Promise<void> {
  const cores = findCores();
  if (cores === undefined) console.log('Not pinned: needs two cores and taskset (util-linux).');
  const micro = await measureMicro(cores);
  const http = await measureHttp({
    cores,
    rounds: quick ? 2 : 6,
    secondsPerRow: quick ? 0.4 : 1.1,
    onProgress: (done) => progress('HTTP', done),
  });
  const machine = { ...thisMachine(), pinned: cores !== undefined };
  const results: Results = { machine, micro, http };
  console.log(`\n${reportOf(results)}\n`);
  if (!quick) writeDown('bench', 'results.json', results, reportOf(results));
}

async function measureMicro(cores: Cores | undefined): Promise<MicroResults> {
  progress('Kernel', 0);
  const kernel = BenchProcess.start('./micro/micro.process.js', {
    core: cores?.measured,
    // So that no case pays for the garbage of the one before.
    nodeFlags: ['--expose-gc'],
  });
  const order: MicroOrder = { rounds: quick ? 5 : 15, millisPerCase: quick ? 30 : 100 };
  const results = await kernel.ask<MicroResults>(order);
  progress('Kernel', 1);
  return results;
}

function progress(title: string, done: number): void {
  if (!process.stdout.isTTY) {
    if (done === 0 || done === 1) console.log(`- ${title} ${done === 0 ? '…' : 'measured'}`);
    return;
  }
  process.stdout.write(`\r\x1b[2K• ${title} ${Math.round(done * 100)} %${done === 1 ? '\n' : ''}`);
}

main().catch((error: unknown) => {
  const known = error instanceof FailedRequestsError;
  console.error(known ? `The bench is void: ${error.message}` : error);
  process.exit(1);
});
