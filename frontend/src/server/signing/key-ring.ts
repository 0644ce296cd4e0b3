import { setTimeout as pause } from 'node:timers/promises';
import type { KeySet, SigningKey, SigningKeys } from '../../lib/auth/signing-keys.js';
import { reportEvent, reportProblem } from '../../lib/report-problem.js';
import { type KeyPlan, type KeyPolicy, planKeys } from './key-policy.js';
import type { AgedKey, ExclusiveKeys, KeyRepository } from './key.repository.js';
import { type OpenedKey, OpenedKeys } from './opened-keys.js';
import { createStoredKey, toPublishedKey } from './stored-key.js';

/** How often the database is asked: what an operator deletes there is gone here within about as much. */
const REFRESH_MS = 1_000;
/** After this without an answer nothing is signed or published: what was read may no longer hold. */
const STALE_MS = 5_000;

export interface KeyRingOptions {
  /** Encrypts the private keys at rest. */
  secret: string;
  policy: KeyPolicy;
  /** A monotonic clock in milliseconds. */
  now?: () => number;
}

/**
 * The issuer's own key pairs (`JWT_MODE=jwks`), which Better Auth's jwt plugin would make as requests
 * come, several at once, and sign with before any verifier has them. Here requests only read what the
 * last look at the database found; keys are made and withdrawn beside them, by one instance at a time.
 */
export class KeyRing implements SigningKeys {
  #found: { plan: KeyPlan<OpenedKey>; askedAt: number } | undefined;
  readonly #opened: OpenedKeys;
  readonly #repository: KeyRepository;
  readonly #options: KeyRingOptions;
  readonly #now: () => number;

  constructor(repository: KeyRepository, options: KeyRingOptions) {
    this.#repository = repository;
    this.#options = options;
    this.#opened = new OpenedKeys(options.secret);
    this.#now = options.now ?? (() => performance.now());
  }

  current(): SigningKey | undefined {
    return this.#fresh()?.signing?.signingKey;
  }

  published(): KeySet | undefined {
    const keys = this.#fresh()?.published ?? [];
    const { maxAgeSeconds } = this.#options.policy;
    return keys.length === 0 ? undefined : { keys: keys.map(toPublishedKey), maxAgeSeconds };
  }

  /** Looks at the database, and makes or withdraws keys when it is time. @throws the database's error */
  async refresh(): Promise<void> {
    const { due, withdrawn } = await this.#look();
    if (!due && withdrawn.length === 0) return;
    await this.#repository.exclusively((keys) => this.#rotate(keys));
    await this.#look();
  }

  /** Refreshes every second, for ever or until it is told to end. Never rejects. */
  async keepFresh(end?: AbortSignal): Promise<void> {
    let failing = false;
    for (;;) {
      await pause(REFRESH_MS, undefined, { ref: false });
      if (end?.aborted === true) return;
      try {
        await this.refresh();
        failing = false;
      } catch (error) {
        // Once per outage.
        if (!failing) reportProblem('The signing keys could not be looked after', { error });
        failing = true;
      }
    }
  }

  #fresh(): KeyPlan<OpenedKey> | undefined {
    if (this.#found === undefined) return undefined;
    const { plan, askedAt } = this.#found;
    return this.#now() - askedAt < STALE_MS ? plan : undefined;
  }

  async #look(): Promise<KeyPlan<OpenedKey>> {
    const askedAt = this.#now();
    const plan = await this.#plan(await this.#repository.all());
    this.#found = { plan, askedAt };
    return plan;
  }

  async #plan(keys: AgedKey[]): Promise<KeyPlan<OpenedKey>> {
    return planKeys(await this.#opened.open(keys), this.#options.policy);
  }

  /** From what is there now: another instance may have done it while this one waited its turn. */
  async #rotate(keys: ExclusiveKeys): Promise<void> {
    const { due, withdrawn } = await this.#plan(await keys.all());
    if (due) {
      const key = await createStoredKey(this.#options.secret);
      await keys.add(key);
      reportEvent(`Made the signing key ${key.id}`);
    }
    if (withdrawn.length === 0) return;
    const ids = withdrawn.map(({ id }) => id);
    await keys.remove(ids);
    reportEvent(`Withdrew the signing keys ${ids.join(', ')}`);
  }
}
