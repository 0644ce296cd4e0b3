import type { SigningKey } from '../../lib/auth/signing-keys.js';
import { reportProblem } from '../../lib/report-problem.js';
import type { AgedKey } from './key.repository.js';
import { openStoredKey } from './stored-key.js';

export interface OpenedKey extends AgedKey {
  /** Absent when another BETTER_AUTH_SECRET encrypted it: such a key is published and never signs. */
  signingKey: SigningKey | undefined;
}

/** Decrypts each private key once, and forgets it with its row. */
export class OpenedKeys {
  /** By their encrypted form. */
  #known = new Map<string, SigningKey | undefined>();
  readonly #secret: string;

  constructor(secret: string) {
    this.#secret = secret;
  }

  async open(keys: AgedKey[]): Promise<OpenedKey[]> {
    const opened = await Promise.all(
      keys.map(async (key) => ({ ...key, signingKey: await this.#open(key) })),
    );
    this.#known = new Map(opened.map(({ privateKey, signingKey }) => [privateKey, signingKey]));
    return opened;
  }

  async #open(key: AgedKey): Promise<SigningKey | undefined> {
    if (this.#known.has(key.privateKey)) return this.#known.get(key.privateKey);
    const signingKey = await openStoredKey(key, this.#secret);
    if (signingKey === undefined) {
      reportProblem(`BETTER_AUTH_SECRET does not open the signing key ${key.id}`, {});
    }
    return signingKey;
  }
}
