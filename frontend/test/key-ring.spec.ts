import { createDatabaseClient, type PrismaClient } from '@tessera/database';
import { createTestDatabase, type TestDatabase } from '@tessera/database/local';
import { symmetricDecrypt } from 'better-auth/crypto';
import pg from 'pg';
import type { KeyRing } from '@/server/signing/key-ring';
import { createKeyRing, POLICY, RING_SECRET } from './support/key-ring';
import { startTcpProxy } from './support/tcp-proxy';

const { activationSeconds, rotationSeconds, retentionSeconds } = POLICY;

describe("the issuer's key pairs (FR-011)", () => {
  let database: TestDatabase;
  let owner: pg.Client;
  const clients: PrismaClient[] = [];
  beforeAll(async () => {
    database = await createTestDatabase();
    owner = new pg.Client({ connectionString: database.ownerUrl });
    await owner.connect();
  });
  afterEach(async () => {
    await owner.query('DELETE FROM jwks');
  });
  afterAll(async () => {
    for (const client of clients) await client.$disconnect();
    await owner.end();
    await database.drop();
  });

  /** A database connection as each instance has its own. */
  function connect(url = database.webUrl): PrismaClient {
    const client = createDatabaseClient({ url, poolSize: 1 });
    clients.push(client);
    return client;
  }

  /** Moves the clock: everything in the database becomes that much older. */
  async function letTimePass(seconds: number): Promise<void> {
    await owner.query(`UPDATE jwks SET "createdAt" = "createdAt" - make_interval(secs => $1)`, [
      seconds,
    ]);
  }

  async function storedIds(): Promise<string[]> {
    const { rows } = await owner.query<{ id: string }>('SELECT id FROM jwks ORDER BY "createdAt"');
    return rows.map(({ id }) => id);
  }

  const refresh = (rings: KeyRing[]) => Promise.all(rings.map((ring) => ring.refresh()));
  const signingIds = (rings: KeyRing[]) => [
    ...new Set(rings.map((ring) => ring.current()?.kid ?? 'none')),
  ];
  const publishedIds = (ring: KeyRing) => ring.published()?.keys.map(({ kid }) => kid);

  it('are one when ten instances start at once, and all sign with it', async () => {
    const rings = Array.from({ length: 10 }, () => createKeyRing(connect()));
    await refresh(rings);
    const ids = await storedIds();
    expect(ids).toHaveLength(1);
    expect(signingIds(rings)).toEqual(ids);
  });

  it('get one successor when ten instances see that it is time, which signs once all have it', async () => {
    const rings = Array.from({ length: 10 }, () => createKeyRing(connect()));
    await refresh(rings);
    await letTimePass(rotationSeconds - 5);
    await refresh(rings);
    expect(await storedIds()).toHaveLength(1);
    await letTimePass(5);
    await refresh(rings);
    const [old, young, ...more] = await storedIds();
    expect(more).toEqual([]);
    expect(signingIds(rings)).toEqual([old]);
    expect(rings.map(publishedIds)).toEqual(rings.map(() => [old, young]));
    await letTimePass(activationSeconds - 5);
    await refresh(rings);
    expect(signingIds(rings)).toEqual([old]);
    await letTimePass(5);
    await refresh(rings);
    expect(signingIds(rings)).toEqual([young]);
  });

  it('stay published until what they signed has expired, and are gone then', async () => {
    const [ring, other] = [createKeyRing(connect()), createKeyRing(connect())];
    await ring.refresh();
    await letTimePass(rotationSeconds);
    await ring.refresh();
    const [old, young] = await storedIds();
    await letTimePass(activationSeconds + retentionSeconds - 5);
    await refresh([ring, other]);
    expect(await storedIds()).toEqual([old, young]);
    expect(publishedIds(other)).toEqual([old, young]);
    await letTimePass(6);
    await refresh([ring, other]);
    expect(await storedIds()).toEqual([young]);
    expect(publishedIds(ring)).toEqual([young]);
    expect(publishedIds(other)).toEqual([young]);
  });

  it('sign no more within ten seconds of being deleted by an operator, and a new one is there', async () => {
    const rings = [connect(), connect()].map((db) =>
      createKeyRing(db, { now: () => performance.now() }),
    );
    await refresh(rings);
    const [leaked = ''] = await storedIds();
    const end = new AbortController();
    const kept = rings.map((ring) => ring.keepFresh(end.signal));
    try {
      const deletedAt = performance.now();
      await owner.query('DELETE FROM jwks');
      const others = () =>
        rings.every((ring) => ![leaked, undefined].includes(ring.current()?.kid));
      while (!others() && performance.now() - deletedAt < 10_000) {
        await new Promise((resolve) => setTimeout(resolve, 20));
      }
      expect(signingIds(rings)).toEqual(await storedIds());
      expect(signingIds(rings)).not.toContain(leaked);
      for (const ring of rings) expect(publishedIds(ring)).not.toContain(leaked);
    } finally {
      end.abort();
      await Promise.all(kept);
    }
  });

  it('are taken over from the one before when the newest was deleted, which every verifier has', async () => {
    const ring = createKeyRing(connect());
    await ring.refresh();
    await letTimePass(rotationSeconds);
    await ring.refresh();
    await letTimePass(activationSeconds);
    const [old, leaked] = await storedIds();
    await owner.query('DELETE FROM jwks WHERE id = $1', [leaked]);
    await ring.refresh();
    expect(ring.current()?.kid).toBe(old);
    expect(await storedIds()).toHaveLength(2);
  });

  it('neither sign nor are published when the database has not answered for five seconds', async () => {
    const proxy = await startTcpProxy(database.webUrl);
    let time = 1_000;
    const ring = createKeyRing(connect(proxy.url), { now: () => time });
    await ring.refresh();
    await proxy.cut();
    await expect(ring.refresh()).rejects.toThrow(/reach database|connection/i);
    time += 4_999;
    expect(ring.current()).toBeDefined();
    expect(ring.published()).toBeDefined();
    time += 1;
    expect(ring.current()).toBeUndefined();
    expect(ring.published()).toBeUndefined();
  });

  it('go on signing while the database can be read and not written', async () => {
    const ring = createKeyRing(connect());
    await ring.refresh();
    const [id] = await storedIds();
    await letTimePass(rotationSeconds);
    const readOnly = new URL(database.webUrl);
    readOnly.searchParams.set('options', '-c default_transaction_read_only=on');
    const standby = createKeyRing(connect(readOnly.href));
    await expect(standby.refresh()).rejects.toThrow(/read-only/);
    expect(standby.current()?.kid).toBe(id);
  });

  it('are encrypted at rest, as the jwt plugin of Better Auth encrypts them', async () => {
    await createKeyRing(connect()).refresh();
    const { rows } =
      await owner.query<Record<'publicKey' | 'privateKey' | 'alg', string>>('SELECT * FROM jwks');
    const [row] = rows;
    expect(row?.alg).toBe('ES256');
    expect(JSON.parse(row?.publicKey ?? '')).not.toHaveProperty('d');
    const data: unknown = JSON.parse(row?.privateKey ?? '');
    expect(data).toMatch(/^[0-9a-f]+$/);
    const opened = await symmetricDecrypt({ key: RING_SECRET, data: String(data) });
    expect(JSON.parse(opened)).toMatchObject({ kty: 'EC', crv: 'P-256', d: expect.any(String) });
    await expect(symmetricDecrypt({ key: `${RING_SECRET}x`, data: String(data) })).rejects.toThrow(
      /tag/,
    );
  });

  it('of another BETTER_AUTH_SECRET are verified with and replaced', async () => {
    const before = createKeyRing(connect());
    await before.refresh();
    const after = createKeyRing(connect(), { secret: `${RING_SECRET}-changed` });
    await after.refresh();
    const [old, own, ...more] = await storedIds();
    expect(more).toEqual([]);
    expect(after.current()?.kid).toBe(own);
    expect(publishedIds(after)).toEqual([old, own]);
  });

  it('cannot be read by the API, nor changed by the web app', async () => {
    const api = connect(database.apiUrl);
    await expect(api.jwks.count()).rejects.toThrow(/denied/);
    const [web] = [connect()];
    await createKeyRing(web).refresh();
    await expect(web.jwks.updateMany({ data: { alg: 'none' } })).rejects.toThrow(/denied/);
  });
});
