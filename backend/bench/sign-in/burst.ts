import { setTimeout as pause } from 'node:timers/promises';
import { signIn, trySignIn, type Browser } from '../product/browser.js';
import type { Answer } from '../product/http.exchange.js';
import { createPeople, PASSWORD, type Person } from '../product/people.js';
import { residentMiB } from '../product/process.usage.js';
import type { Product } from '../product/product.js';
import { look } from '../product/witness.js';
import { spreadOf, type Spread } from '../report/spread.js';

export interface BurstResult {
  readonly clients: number;
  readonly signedIn: number;
  readonly requests: number;
  readonly busyAnswers: number;
  /** Neither 200 nor a 503 that says when to try again. */
  readonly wrongAnswers: readonly string[];
  readonly totalSeconds: number;
  /** Of every answer, whatever it was. */
  readonly answers: Spread;
  readonly firstAnswers: Spread;
  readonly residentMiB: { readonly before: number; readonly most: number };
  readonly apiCalls: Spread;
  readonly apiFailures: number;
}

const API_CALL_EVERY_MS = 50;
const SAMPLE_EVERY_MS = 50;
/** Far more than it takes: whoever is not in by then never will be. */
const MOST_TRIES = 200;

/** So many people sign in at once, each again whenever the web app says so, until all are in. */
export async function measureBurst(product: Product, clients: number): Promise<BurstResult> {
  const [reader, ...people] = await createPeople(product, clients + 1);
  if (reader === undefined) throw new Error('Nobody was made');
  await warmUp(product, people.slice(0, 20));
  const calls = new ApiCalls(product, await signIn(product, reader.email, PASSWORD));
  const before = residentMiB(product.web.pid);
  let most = before;
  const sampling = setInterval(() => {
    most = Math.max(most, residentMiB(product.web.pid));
  }, SAMPLE_EVERY_MS);
  const started = performance.now();
  const tallies = await Promise.all(people.map((person) => untilSignedIn(product, person)));
  const totalSeconds = (performance.now() - started) / 1000;
  clearInterval(sampling);
  const { millis: apiMillis, failures } = await calls.end();
  return {
    clients,
    signedIn: tallies.filter(({ isIn }) => isIn).length,
    requests: tallies.flatMap(({ waits }) => waits).length,
    busyAnswers: tallies.reduce((sum, { busy }) => sum + busy, 0),
    wrongAnswers: tallies.flatMap(({ wrong }) => wrong),
    totalSeconds,
    answers: spreadOf(tallies.flatMap(({ waits }) => waits)),
    firstAnswers: spreadOf(tallies.flatMap(({ waits }) => waits.slice(0, 1))),
    residentMiB: { before, most },
    apiCalls: spreadOf(apiMillis),
    apiFailures: failures,
  };
}

interface Tally {
  readonly waits: number[];
  readonly wrong: string[];
  busy: number;
  isIn: boolean;
}

async function untilSignedIn(product: Product, { email }: Person): Promise<Tally> {
  const tally: Tally = { waits: [], wrong: [], busy: 0, isIn: false };
  for (let attempt = 1; attempt <= MOST_TRIES; attempt += 1) {
    const sentAt = performance.now();
    const answer = await trySignIn(product, email, PASSWORD).catch((error: unknown): Answer => ({
      status: 0,
      headers: {},
      body: String(error),
    }));
    tally.waits.push(performance.now() - sentAt);
    if (answer.status === 200) {
      tally.isIn = true;
      return tally;
    }
    const retryAfter = Number(answer.headers['retry-after']);
    if (answer.status !== 503 || !(retryAfter > 0)) {
      tally.wrong.push(`${answer.status} ${answer.body.slice(0, 100)}`);
      return tally;
    }
    tally.busy += 1;
    await pause(retryAfter * 1000);
  }
  return tally;
}

/** The first requests of a process compile what serves them. */
async function warmUp(product: Product, people: readonly Person[]): Promise<void> {
  for (const { email } of people) await signIn(product, email, PASSWORD);
}

/** Somebody who is signed in and works on, at a steady pace whatever the answers take. */
class ApiCalls {
  private readonly calls: Promise<{ millis: number; status: number }>[] = [];
  private readonly timer: NodeJS.Timeout;

  constructor(product: Product, browser: Browser) {
    this.timer = setInterval(() => {
      const api = product.apis[this.calls.length % product.apis.length];
      if (api === undefined) return;
      this.calls.push(
        look(api.port, browser).then(({ sentAt, answeredAt, status }) => ({
          millis: answeredAt - sentAt,
          status,
        })),
      );
    }, API_CALL_EVERY_MS);
  }

  async end(): Promise<{ millis: number[]; failures: number }> {
    clearInterval(this.timer);
    const calls = await Promise.all(this.calls);
    return {
      millis: calls.map(({ millis }) => millis),
      failures: calls.filter(({ status }) => status !== 200).length,
    };
  }
}
