/** What instances and verifiers may lag behind the database, all delays together. */
const LAG_SECONDS = 10;
/** The most that a verifier may be set to tolerate of another clock (`JWT_CLOCK_TOLERANCE`). */
const CLOCK_TOLERANCE_SECONDS = 60;
/** Verifiers refuse a key set without measure (ours at 100 keys): rather than that, rotation slows down. */
const MOST_PUBLISHED = 50;

export interface KeyPolicy {
  /** How old a key must be before it signs: by then every verifier has fetched it. */
  activationSeconds: number;
  /** How old the newest key gets before the next is made. */
  rotationSeconds: number;
  /** How long a key stays published after the next one took over: what it signed has expired then. */
  retentionSeconds: number;
  /** How long whoever fetched the public keys may keep them, shared caches in between included. */
  maxAgeSeconds: number;
}

/** The rules for one configuration; all in seconds. */
export function keyPolicy(options: {
  /** How old a verifier lets its copy of the public keys become. */
  cacheAgeSeconds: number;
  rotationSeconds: number;
  tokenLifeSeconds: number;
}): KeyPolicy {
  const { cacheAgeSeconds, rotationSeconds, tokenLifeSeconds } = options;
  const maxAgeSeconds = Math.floor(cacheAgeSeconds / 10);
  return {
    activationSeconds: cacheAgeSeconds + maxAgeSeconds + LAG_SECONDS,
    rotationSeconds,
    retentionSeconds: tokenLifeSeconds + cacheAgeSeconds + CLOCK_TOLERANCE_SECONDS + LAG_SECONDS,
    maxAgeSeconds,
  };
}

interface Candidate {
  ageSeconds: number;
  /** Absent when this instance cannot sign with it. */
  signingKey: unknown;
}

export interface KeyPlan<Key> {
  signing: Key | undefined;
  published: Key[];
  /** To be deleted: nothing that they signed is alive. */
  withdrawn: Key[];
  /** A new key is to be made. */
  due: boolean;
}

/**
 * Says of each key what it is for. Depends on nothing but the rows and their ages by the database's
 * clock, so all instances come to the same answer whenever they look.
 *
 * @param keys oldest first
 */
export function planKeys<Key extends Candidate>(keys: Key[], policy: KeyPolicy): KeyPlan<Key> {
  const { activationSeconds, rotationSeconds, retentionSeconds } = policy;
  // The next one that can sign took over when it was `activationSeconds` old.
  const isOver = (_: Key, index: number) =>
    keys
      .slice(index + 1)
      .some(
        ({ ageSeconds, signingKey }) =>
          signingKey !== undefined && ageSeconds > activationSeconds + retentionSeconds,
      );
  const withdrawn = keys.filter(isOver);
  const published = keys.filter((key) => !withdrawn.includes(key));
  const usable = published.filter(({ signingKey }) => signingKey !== undefined);
  const newest = usable.at(-1);
  return {
    signing: usable.findLast(({ ageSeconds }) => ageSeconds >= activationSeconds) ?? usable[0],
    published,
    withdrawn,
    due:
      newest === undefined ||
      (newest.ageSeconds >= rotationSeconds && published.length < MOST_PUBLISHED),
  };
}
