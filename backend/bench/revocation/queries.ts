import { Agent } from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';
import { signIn } from '../product/browser.js';
import { createPeople, PASSWORD } from '../product/people.js';
import type { Product } from '../product/product.js';
import { StatementCounter } from '../product/statement.counter.js';
import { look } from '../product/witness.js';

export interface QueriesResult {
  readonly requests: number;
  readonly seconds: number;
  /** Statements that reached the database while all these requests were answered … */
  readonly whileAsked: number;
  /** … and in as long a time without any. */
  readonly whileIdle: number;
}

const CONNECTIONS = 8;

/** Authorised requests to one API, whose every statement passes a proxy that counts. */
export async function countQueries(product: Product, requests: number): Promise<QueriesResult> {
  const [person] = await createPeople(product, 1);
  const [api] = product.apis;
  if (person === undefined || api === undefined) throw new Error('Nobody to ask');
  const browser = await signIn(product, person.email, PASSWORD);
  const counter = new StatementCounter(product.reads);
  // Only what begins now is read from its first byte.
  product.reads.breakConnections();
  await untilReadAgain(counter);
  const agent = new Agent({ keepAlive: true, maxSockets: CONNECTIONS });
  const [before, started] = [counter.count, performance.now()];
  const statuses = await Promise.all(
    Array.from({ length: CONNECTIONS }, async () => {
      for (let turn = 0; turn < requests / CONNECTIONS; turn += 1) {
        const { status } = await look(api.port, browser, agent);
        if (status !== 200) return status;
      }
      return 200;
    }),
  );
  const millis = performance.now() - started;
  const whileAsked = counter.count - before;
  agent.destroy();
  const wrong = statuses.find((status) => status !== 200);
  if (wrong !== undefined) throw new Error(`A good token was answered with ${wrong}`);
  const idleFrom = counter.count;
  await pause(millis);
  return { requests, seconds: millis / 1000, whileAsked, whileIdle: counter.count - idleFrom };
}

/** Every API has made its connection anew and read by it. */
async function untilReadAgain(counter: StatementCounter): Promise<void> {
  while (counter.count < 6) await pause(50);
}
