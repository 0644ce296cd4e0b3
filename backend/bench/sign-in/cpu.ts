import { BenchProcess } from '../bench.process.js';
import { required, trySignIn } from '../product/browser.js';
import { createPeople, PASSWORD } from '../product/people.js';
import { cpuMillis } from '../product/process.usage.js';
import type { Product } from '../product/product.js';
import type { HashOrder, HashResult } from './bare-hash.process.js';
import { clientAddress } from '../product/client.address.js';

export interface CpuResult {
  readonly signIns: number;
  /** Of the web app's process, for one sign-in. */
  readonly cpuMillisEach: number;
  /** Of a process that only verifies the same hash. */
  readonly bareMillisEach: number;
}

const WARM_UP = 100;

/** One sign-in after the other, each of somebody else from an address of their own. */
export async function measureCpu(product: Product, signIns: number): Promise<CpuResult> {
  const people = await createPeople(product, WARM_UP + signIns);
  const signInAll = async (some: typeof people) => {
    for (const { email } of some) {
      required(await trySignIn(product, email, PASSWORD, clientAddress()));
    }
  };
  await signInAll(people.slice(0, WARM_UP));
  const before = cpuMillis(product.web.pid);
  await signInAll(people.slice(WARM_UP));
  const spent = cpuMillis(product.web.pid) - before;
  const { rows } = await product.sql.query<{ password: string }>(
    'SELECT "password" FROM "account" LIMIT 1',
  );
  const order: HashOrder = {
    hash: rows[0]?.password ?? '',
    password: PASSWORD,
    times: signIns,
  };
  const bare = await BenchProcess.start('./sign-in/bare-hash.process.js').ask<HashResult>(order);
  return { signIns, cpuMillisEach: spent / signIns, bareMillisEach: bare.cpuMillisEach };
}
