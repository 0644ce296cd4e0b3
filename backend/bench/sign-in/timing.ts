import { randomUUID } from 'node:crypto';
import { trySignIn } from '../product/browser.js';
import { createPeople } from '../product/people.js';
import type { Product } from '../product/product.js';
import { spreadOf } from '../report/spread.js';
import { clientAddress } from '../product/client.address.js';

export interface TimingResult {
  readonly attemptsEach: number;
  /** Median milliseconds until the refusal. */
  readonly known: number;
  readonly unknown: number;
}

const WARM_UP = 20;
const WRONG = 'Wrong-Password-77';

/** Wrong passwords of accounts that exist and of some that do not, in turn and one at a time. */
export async function measureTiming(product: Product, attempts: number): Promise<TimingResult> {
  const people = await createPeople(product, WARM_UP + attempts);
  const known: number[] = [];
  const unknown: number[] = [];
  for (const [turn, { email }] of people.entries()) {
    const pair = [
      { times: known, email },
      { times: unknown, email: `${randomUUID()}@example.com` },
    ];
    // Neither is always the one that comes after the other.
    for (const each of turn % 2 === 0 ? pair : pair.toReversed()) {
      const millis = await refusalTime(product, each.email);
      if (turn >= WARM_UP) each.times.push(millis);
    }
  }
  return { attemptsEach: attempts, known: spreadOf(known).p50, unknown: spreadOf(unknown).p50 };
}

async function refusalTime(product: Product, email: string): Promise<number> {
  const sentAt = performance.now();
  const { status, body } = await trySignIn(product, email, WRONG, clientAddress());
  if (status !== 401) throw new Error(`A wrong password was answered with ${status}: ${body}`);
  return performance.now() - sentAt;
}
