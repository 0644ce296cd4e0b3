import { keyPolicy, planKeys } from './key-policy';

const OPTIONS = { cacheAgeSeconds: 20, rotationSeconds: 50, tokenLifeSeconds: 90 };
const POLICY = keyPolicy(OPTIONS);
const { activationSeconds, rotationSeconds, retentionSeconds, maxAgeSeconds } = POLICY;

const plan = (...keys: { ageSeconds: number; signingKey: unknown }[]) => planKeys(keys, POLICY);
const aged = (ageSeconds: number) => ({ ageSeconds, signingKey: {} });
const foreign = (ageSeconds: number) => ({ ageSeconds, signingKey: undefined });

describe('the policy of the signing keys', () => {
  it('makes a key when there is none', () => {
    expect(plan()).toEqual({ signing: undefined, published: [], withdrawn: [], due: true });
  });

  it('signs with the oldest while none is old enough', () => {
    const young = plan(aged(activationSeconds - 1), aged(0));
    expect(young.signing?.ageSeconds).toBe(activationSeconds - 1);
  });

  it('signs with the newest that is old enough', () => {
    const keys = [activationSeconds + 2, activationSeconds, activationSeconds - 1];
    expect(plan(...keys.map(aged)).signing?.ageSeconds).toBe(activationSeconds);
  });

  it('makes a key when the newest has reached the age of rotation, and not before', () => {
    expect(plan(aged(500), aged(rotationSeconds - 1)).due).toBe(false);
    expect(plan(aged(500), aged(rotationSeconds)).due).toBe(true);
  });

  it('withdraws a key when what it signed has expired, and not before; the newest never', () => {
    const end = activationSeconds + retentionSeconds;
    const before = plan(aged(9_999), aged(end));
    expect([before.published.length, before.withdrawn.length]).toEqual([2, 0]);
    const after = plan(aged(9_999), aged(end + 1));
    expect(after.withdrawn.map(({ ageSeconds }) => ageSeconds)).toEqual([9_999]);
    expect(after.published.map(({ ageSeconds }) => ageSeconds)).toEqual([end + 1]);
  });

  it('withdraws no key that signs, however old those are that another secret encrypted', () => {
    const old = activationSeconds + retentionSeconds + 1;
    expect(plan(aged(old + 2), foreign(old + 1))).toMatchObject({
      signing: { ageSeconds: old + 2 },
      withdrawn: [],
    });
    expect(plan(foreign(old + 2), aged(old + 1)).withdrawn).toHaveLength(1);
  });

  it('rotates more slowly rather than publish more keys than a verifier takes', () => {
    const fast = { ...POLICY, rotationSeconds: 1, retentionSeconds: 86_400 };
    const keys = Array.from({ length: 50 }, (_, index) => aged(100 - index));
    expect(planKeys(keys.slice(1), fast).due).toBe(true);
    expect(planKeys(keys, fast).due).toBe(false);
    const foreigners = keys.map(({ ageSeconds }) => foreign(ageSeconds));
    expect(planKeys(foreigners, fast).due).toBe(true);
  });

  it('publishes a key that another secret encrypted, and neither signs with it nor counts on it', () => {
    const keys = plan(aged(40), foreign(1));
    expect(keys.signing?.ageSeconds).toBe(40);
    expect(keys.published).toHaveLength(2);
    expect(plan(foreign(1)).due).toBe(true);
  });

  it.each([
    ['with lives as they are by default', { cacheAge: 300, rotation: 3_600, life: 900 }],
    ['with keys that overlap', { cacheAge: 1, rotation: 3, life: 30 }],
    ['with a long token life', { cacheAge: 60, rotation: 3_600, life: 86_400 }],
  ])('lets no verifier meet a key that it cannot have, %s', (_, { cacheAge, rotation, life }) => {
    const policy = keyPolicy({
      cacheAgeSeconds: cacheAge,
      rotationSeconds: rotation,
      tokenLifeSeconds: life,
    });
    const seen = simulate(policy);
    // Whoever keeps a copy for as long as it may, got from a cache that did so too.
    const oldestCopy = cacheAge + policy.maxAgeSeconds;
    const longestUse = life + 60;
    expect(seen.size).toBeGreaterThan(3);
    // The very first signs at once: nobody has a copy of anything yet.
    for (const key of [...seen.values()].slice(1)) {
      expect(key.signsFrom).toBeGreaterThan(key.publishedFrom + oldestCopy);
      expect(key.publishedUntil).toBeGreaterThan(key.signsUntil + longestUse);
    }
  });

  it('tells caches to keep the keys for a tenth of what verifiers keep them', () => {
    expect(maxAgeSeconds).toBe(2);
    expect(keyPolicy({ ...OPTIONS, cacheAgeSeconds: 1 }).maxAgeSeconds).toBe(0);
  });
});

/** Runs an issuer through several rotations. @returns of each key that was replaced, when it did what */
function simulate(policy: ReturnType<typeof keyPolicy>) {
  const { rotationSeconds, retentionSeconds, activationSeconds } = policy;
  const end = 6 * rotationSeconds + 2 * (retentionSeconds + activationSeconds);
  const seen = new Map<
    number,
    { publishedFrom: number; publishedUntil: number; signsFrom: number; signsUntil: number }
  >();
  let made: number[] = [];
  for (let now = 0; now <= end; now += 1) {
    const keys = made.map((at) => ({ ageSeconds: now - at, signingKey: {}, at }));
    const { signing, published, withdrawn, due } = planKeys(keys, policy);
    for (const { at } of published) {
      const key = seen.get(at);
      if (key) key.publishedUntil = now;
      else seen.set(at, { publishedFrom: now, publishedUntil: now, signsFrom: -1, signsUntil: -1 });
    }
    const key = signing && seen.get(signing.at);
    if (key) {
      if (key.signsFrom < 0) key.signsFrom = now;
      key.signsUntil = now;
    }
    made = made.filter((at) => !withdrawn.some((gone) => gone.at === at));
    if (due) made.push(now);
  }
  for (const at of made) seen.delete(at);
  return seen;
}
