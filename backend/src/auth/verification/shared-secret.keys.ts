import { createSecretKey, type KeyObject } from 'node:crypto';
import { keyIdOfSecret } from '@tessera/database/contract';

/**
 * The keys of shared-secret mode: one that signs and verifies, and any number that only verify, so
 * that a secret can be replaced with no failed request (FR-016).
 *
 * KeyObjects are made once: a string secret costs 49 times as much per verification.
 */
export class SharedSecretKeys {
  readonly signing: KeyObject;
  readonly signingId: string;
  private readonly byId = new Map<string, KeyObject>();

  constructor(secret: string, acceptedSecrets: readonly string[]) {
    this.signing = createSecretKey(Buffer.from(secret));
    this.signingId = keyIdOfSecret(secret);
    for (const accepted of acceptedSecrets) {
      this.byId.set(keyIdOfSecret(accepted), createSecretKey(Buffer.from(accepted)));
    }
    this.byId.set(this.signingId, this.signing);
  }

  /** The key that `kid` names. A token without one is tried with the signing secret only. */
  find(kid: string | undefined): KeyObject | undefined {
    return kid === undefined ? this.signing : this.byId.get(kid);
  }
}
