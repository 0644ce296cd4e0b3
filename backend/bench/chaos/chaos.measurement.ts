// `npm run test:chaos`: whatever happens to the database or to an API, a revoked token is not accepted.
import { setTimeout as pause } from 'node:timers/promises';
import { runMeasurement } from '../product/measurement.js';
import { withProduct, type Product } from '../product/product.js';
import { say, type Figure } from '../report/figure.js';
import { millis } from '../report/spread.js';
import { API_SCENARIOS } from './api.scenarios.js';
import { DATABASE_SCENARIOS } from './database.scenarios.js';
import { NOTIFICATION_SCENARIOS } from './notification.scenarios.js';
import { judge, type Outcome } from './outcome.js';
import type { Scenario } from './scenario.js';
import { Stage } from './stage.js';
import { TOKEN_SCENARIOS } from './token.scenarios.js';

const SCENARIOS = [
  ...TOKEN_SCENARIOS,
  ...NOTIFICATION_SCENARIOS,
  ...API_SCENARIOS,
  ...DATABASE_SCENARIOS,
];
const SETTLES_WITHIN_MS = 20_000;
/** Long enough to see something come back that must not. */
const AFTERWARDS_MS = 1_500;

/** Only scenarios whose titles contain it. */
const wanted = process.argv.slice(3).join(' ');

async function playOn(product: Product, scenario: Scenario): Promise<Outcome> {
  const stage = await Stage.set(product);
  try {
    await scenario.play(stage);
    const settled = Promise.all([
      stage.good.whenAll(200),
      ...stage.suspects.map((suspect) => suspect.whenAll(suspect.wasRevoked ? 401 : 200)),
    ]);
    settled.catch(() => undefined);
    const isSettled = await Promise.race([
      settled.then(() => true),
      pause(SETTLES_WITHIN_MS, false),
    ]);
    await pause(AFTERWARDS_MS);
    const outcome = judge(scenario, stage);
    if (isSettled) return outcome;
    return { ...outcome, wrong: [...outcome.wrong, 'not every API came to the right answer'] };
  } finally {
    await Promise.all([stage.good, ...stage.suspects].map((suspect) => suspect.end()));
  }
}

function figureOf({ title, revoked, lastAcceptedMs, good, recoveryMs, wrong }: Outcome): Figure {
  const answers = Object.entries(good).map(([status, count]) => `${count} × ${status}`);
  const facts = [
    `${revoked} revoked, last accepted ${millis(lastAcceptedMs)} after`,
    `good token ${answers.join(', ')}`,
    `recovery ${millis(recoveryMs)}`,
  ].join('; ');
  const holds = wrong.length === 0;
  return { claim: title, reached: holds ? facts : `${wrong.join('; ')} (${facts})`, holds };
}

runMeasurement(() =>
  withProduct({}, async (product) => {
    const figures: Figure[] = [];
    for (const scenario of SCENARIOS.filter(({ title }) => title.includes(wanted))) {
      const figure = figureOf(await playOn(product, scenario));
      say(figure);
      figures.push(figure);
    }
    return figures;
  }),
);
