// `npm run bench -- revocation`
import { runMeasurement } from '../product/measurement.js';
import { withProduct } from '../product/product.js';
import { writeDown } from '../report/document.js';
import { say } from '../report/figure.js';
import { thisMachine } from '../report/machine.js';
import { measureCheck } from './check.js';
import { countQueries } from './queries.js';
import {
  judgeCheck,
  judgeDeaf,
  judgeListening,
  judgeQueries,
  judgeRevocation,
  judgeVerdicts,
  reportOfRevocation,
  toData,
  waysTable,
  type RevocationResults,
} from './revocation.results.js';
import { runTrials } from './trial.js';

const quick = process.argv.includes('--quick');
const TRIALS = quick ? 28 : 200;

runMeasurement(() =>
  withProduct({}, async (product) => {
    const listening = await runTrials(product, TRIALS, { atOnce: 1 });
    console.log(`\n${waysTable(listening)}\n`);
    say(judgeListening(listening));
    const queries = await countQueries(product, 10_000);
    say(judgeQueries(queries));
    product.listens.become('refusing');
    const deaf = await runTrials(product, TRIALS, { atOnce: 10, spreadOverMs: 1_000 });
    console.log(`\n${waysTable(deaf)}\n`);
    say(judgeDeaf(deaf));
    say(judgeVerdicts([...listening, ...deaf]));
    const check = await measureCheck(product);
    say(judgeCheck(check));
    const results: RevocationResults = { machine: thisMachine(), listening, deaf, queries, check };
    const report = reportOfRevocation(results);
    if (!quick) writeDown('bench-revocation', 'revocation/results.json', toData(results), report);
    return judgeRevocation(results);
  }),
);
