// Verifies a password against its hash, and nothing else: what no sign-in can do without.
import { createRequire } from 'node:module';
import { join } from 'node:path';

export interface HashOrder {
  readonly hash: string;
  readonly password: string;
  readonly times: number;
}

export interface HashResult {
  readonly cpuMillisEach: number;
}

/** The web app's own copy. */
const argon2 = createRequire(join(import.meta.dirname, '../../../../frontend/package.json'))(
  '@node-rs/argon2',
) as { verify(hash: string, password: string): Promise<boolean> };

async function measure({ hash, password, times }: HashOrder): Promise<HashResult> {
  const before = process.cpuUsage();
  for (let turn = 0; turn < times; turn += 1) {
    if (!(await argon2.verify(hash, password))) throw new Error('The hash is of another password');
  }
  const { user, system } = process.cpuUsage(before);
  return { cpuMillisEach: (user + system) / 1000 / times };
}

process.once('message', (order: HashOrder) => {
  void measure(order).then((result) => process.send?.(result, () => process.disconnect()));
});
