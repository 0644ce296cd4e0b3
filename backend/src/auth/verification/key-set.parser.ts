import { AsymmetricKey } from './asymmetric.key.js';
import { parseJsonWebKey, type JsonWebKeyFlaw, type PublishedKey } from './json-web-key.parser.js';

export interface KnownKey extends PublishedKey {
  readonly key: AsymmetricKey;
}

/** An entry that is no key for us, and why. */
export interface IgnoredKey {
  readonly kid: string | undefined;
  readonly flaw: JsonWebKeyFlaw | 'stands for several keys';
}

export interface ParsedKeySet {
  readonly keys: ReadonlyMap<string, KnownKey>;
  readonly ignored: readonly IgnoredKey[];
}

/**
 * Makes keys of the entries of a key set. Whatever is wrong with one says nothing about the others.
 *
 * @param before what was known so far: a key that stays is the same object, or what it verified
 *   would no longer count
 */
export function parseKeySet(
  entries: readonly unknown[],
  before: ReadonlyMap<string, KnownKey>,
): ParsedKeySet {
  const keys = new Map<string, KnownKey>();
  const ambiguous = new Set<string>();
  const ignored: IgnoredKey[] = [];
  for (const entry of entries) {
    const parsed = parseJsonWebKey(entry);
    if (!parsed.ok) {
      ignored.push(parsed);
      continue;
    }
    const { kid } = parsed.key;
    const twin = keys.get(kid);
    if (twin !== undefined && !isSame(twin, parsed.key)) ambiguous.add(kid);
    keys.set(kid, keep(before.get(kid), parsed.key));
  }
  // Which of them a token means, nobody can say: none counts.
  for (const kid of ambiguous) {
    keys.delete(kid);
    ignored.push({ kid, flaw: 'stands for several keys' });
  }
  return { keys, ignored };
}

function keep(known: KnownKey | undefined, published: PublishedKey): KnownKey {
  if (known !== undefined && isSame(known, published)) return known;
  const { algorithm, publicKey } = published;
  return { ...published, key: new AsymmetricKey(algorithm, publicKey) };
}

function isSame(one: PublishedKey, other: PublishedKey): boolean {
  return one.algorithm === other.algorithm && one.publicKey.equals(other.publicKey);
}
