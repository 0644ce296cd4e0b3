import type { KeySet } from '../../src/auth/verification/key.set.js';
import type { VerificationKey } from '../../src/auth/verification/verification.key.js';
import { NOW } from './token.draft.js';
import { verifierOf } from './token.verifiers.js';

/** The real keys, with every use of them counted, by a clock that tests move. */
export function countedVerifier({ keys }: { readonly keys: KeySet }, cacheSize = 10) {
  const count = { found: 0, verified: 0 };
  const clock = { seconds: NOW };
  const counted = new WeakMap<VerificationKey, VerificationKey>();
  const counting = (key: VerificationKey): VerificationKey => {
    const known = counted.get(key);
    if (known !== undefined) return known;
    const wrapped: VerificationKey = {
      algorithm: key.algorithm,
      verifies: (...parts) => {
        count.verified += 1;
        return key.verifies(...parts);
      },
    };
    counted.set(key, wrapped);
    return wrapped;
  };
  const find: KeySet['find'] = (kid) => {
    count.found += 1;
    const key = keys.find(kid);
    if (key instanceof Promise) return key.then((fetched) => fetched && counting(fetched));
    return key && counting(key);
  };
  const verifier = verifierOf({ find }, cacheSize, () => clock.seconds * 1000 + 999);
  const codeOf = async (token: string) => {
    const verdict = await verifier.verify(token);
    return verdict.ok ? 'accepted' : verdict.code;
  };
  return { verifier, count, clock, codeOf };
}
