import { setTimeout as pause } from 'node:timers/promises';
import { signIn } from '../product/browser.js';
import { createPeople, PASSWORD, type Person } from '../product/people.js';
import type { Product } from '../product/product.js';
import { Witness } from '../product/witness.js';
import { WAYS, type Way } from './ways.js';

const LOOK_EVERY_MS = 1;
/** Long enough to see an API that accepts again what it has refused. */
const AFTERWARDS = 5;
const DEADLINE_MS = 10_000;

export interface TrialGroup {
  readonly way: string;
  /** From the answer of what revoked to the first refusal, one for each API and trial. */
  readonly delays: number[];
  /** What must never be, and was. */
  readonly wrong: string[];
}

interface TrialOptions {
  readonly atOnce: number;
  /** Waits for up to so long before it revokes, so as to hit every moment between two reads. */
  readonly spreadOverMs?: number;
}

/** As many trials as wanted, going round the ways, so many at a time. */
export async function runTrials(
  product: Product,
  count: number,
  { atOnce, spreadOverMs = 0 }: TrialOptions,
): Promise<TrialGroup[]> {
  const people = await createPeople(product, count);
  const groups = WAYS.map(({ title }): TrialGroup => ({ way: title, delays: [], wrong: [] }));
  for (let start = 0; start < count; start += atOnce) {
    const batch = people.slice(start, start + atOnce).map(async (person, index) => {
      const turn = (start + index) % WAYS.length;
      const [way, group] = [WAYS[turn], groups[turn]];
      if (way && group) await runTrial(product, person, way, group, spreadOverMs);
    });
    await Promise.all(batch);
  }
  return groups;
}

async function runTrial(
  product: Product,
  person: Person,
  way: Way,
  group: TrialGroup,
  spreadOverMs: number,
): Promise<void> {
  const victim = await signIn(product, person.email, PASSWORD);
  const revoke = await way.prepare(product, person, victim);
  const witnesses = product.apis.map((api) => new Witness(api, victim, LOOK_EVERY_MS));
  try {
    await Promise.all(witnesses.map((witness) => witness.first(({ status }) => status === 200)));
    await pause(spreadOverMs * Math.random());
    await revoke();
    const answeredAt = performance.now();
    await Promise.all(
      witnesses.map(async (witness) => {
        const refusal = await Promise.race([
          witness.first(({ status }) => status === 401),
          deadline(way.title),
        ]);
        group.delays.push(Math.max(0, refusal.answeredAt - answeredAt));
        const sawIt = witness.sightings.length;
        await witness.first((_, index) => index >= sawIt + AFTERWARDS);
        for (const { sentAt, status } of witness.sightings) {
          const isLate = sentAt > refusal.answeredAt;
          if (isLate ? status !== 401 : ![200, 401].includes(status)) {
            group.wrong.push(`${status} ${isLate ? 'after' : 'before'} the refusal`);
          }
        }
      }),
    );
  } finally {
    await Promise.all(witnesses.map((witness) => witness.end()));
  }
}

function deadline(title: string): Promise<never> {
  return new Promise((_, reject) => {
    const late = () => reject(new Error(`${title}: not refused within ${DEADLINE_MS} ms`));
    setTimeout(late, DEADLINE_MS).unref();
  });
}
