import { HmacKey } from './hmac.key.js';
import type { KeySet } from './key.set.js';

/**
 * The keys of shared-secret mode: one that signs and verifies, and any number that only verify, so
 * that a secret can be replaced with no failed request (FR-016).
 */
export class SharedSecretKeys implements KeySet {
  private current: HmacKey;
  private readonly byId = new Map<string, HmacKey>();

  constructor(secret: string, acceptedSecrets: readonly string[]) {
    this.current = new HmacKey(secret);
    this.replace(secret, acceptedSecrets);
  }

  /** The key that new tokens are signed with. */
  get signing(): HmacKey {
    return this.current;
  }

  /** Ids of all keys that verify, the signing one first. */
  get ids(): readonly string[] {
    return [...new Set([this.current.id, ...this.byId.keys()])];
  }

  /** The key that `kid` names. A token without one is tried with the signing secret only. */
  find(kid: string | undefined): HmacKey | undefined {
    return kid === undefined ? this.current : this.byId.get(kid);
  }

  /** Takes over other secrets, from the next token on. A secret that stays keeps its key object. */
  replace(secret: string, acceptedSecrets: readonly string[]): void {
    // The signing secret last: should two ids ever collide, it is the one that wins.
    const keys = [...acceptedSecrets, secret].map((each) => {
      const fresh = new HmacKey(each);
      const known = this.byId.get(fresh.id);
      return known?.keyObject.equals(fresh.keyObject) ? known : fresh;
    });
    this.byId.clear();
    for (const key of keys) {
      this.byId.set(key.id, key);
      this.current = key;
    }
  }
}
