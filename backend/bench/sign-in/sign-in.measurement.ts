// `npm run bench -- sign-in`
import { runMeasurement } from '../product/measurement.js';
import { withProduct } from '../product/product.js';
import { writeDown } from '../report/document.js';
import { say } from '../report/figure.js';
import { thisMachine } from '../report/machine.js';
import { measureBurst } from './burst.js';
import { measureCpu } from './cpu.js';
import {
  judgeBurst,
  judgeCpu,
  judgeSignIn,
  judgeTiming,
  reportOfSignIn,
  type SignInResults,
} from './sign-in.results.js';
import { measureTiming } from './timing.js';

const quick = process.argv.includes('--quick');

runMeasurement(async () => {
  const burst = await withProduct({}, (product) => measureBurst(product, quick ? 200 : 1_000));
  for (const figure of judgeBurst(burst)) say(figure);
  // As it is shipped, with every limit on: each client has an address of its own.
  const limited = { AUTH_RATE_LIMIT: 'on', TRUSTED_PROXIES: '127.0.0.1/32' };
  const { cpu, timing } = await withProduct({ apis: 1, web: limited }, async (product) => {
    const cpu = await measureCpu(product, quick ? 100 : 300);
    say(judgeCpu(cpu));
    const timing = await measureTiming(product, quick ? 50 : 200);
    say(judgeTiming(timing));
    return { cpu, timing };
  });
  const results: SignInResults = { machine: thisMachine(), burst, cpu, timing };
  if (!quick) {
    writeDown('bench-sign-in', 'sign-in/results.json', results, reportOfSignIn(results));
  }
  return judgeSignIn(results);
});
