import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { asUser, OwnerGoneError, type OwnerId } from '../src/as-user.js';
import { createDatabaseClient } from '../src/database-client.js';
import { isDatabaseOutage } from '../src/database-outage.js';
import { applyRoles, migrate, startEmbeddedPostgres } from '../src/local/index.js';
import { createTestDatabase } from '../src/local/test-database.js';

const errorOf = (work: Promise<unknown>): Promise<unknown> =>
  work.then(
    () => undefined,
    (error: unknown) => error,
  );

describe('a database outage', () => {
  it('is a server that refuses connections', async () => {
    const db = createDatabaseClient({
      url: 'postgresql://tessera_api:x@127.0.0.1:1/none',
      poolSize: 1,
    });
    expect(isDatabaseOutage(await errorOf(db.task.findMany()))).toBe(true);
    expect(
      isDatabaseOutage(await errorOf(asUser(db, 'a' as OwnerId, (tx) => tx.task.count()))),
    ).toBe(true);
    expect(isDatabaseOutage(await errorOf(db.$queryRaw`SELECT 1`))).toBe(true);
  });

  it('is a server that goes away under open connections, and ends when it comes back', async () => {
    const dataDir = await mkdtemp(join(tmpdir(), 'tessera-outage-'));
    const server = await startEmbeddedPostgres({ dataDir });
    await migrate(server.ownerUrl);
    await applyRoles(server);
    const db = createDatabaseClient({ url: server.apiUrl, poolSize: 2 });
    try {
      await db.task.findMany();
      const interrupted = errorOf(db.$queryRaw`SELECT pg_sleep(20)`);
      await db.$queryRaw`SELECT 1`;
      await server.stop();
      expect(isDatabaseOutage(await interrupted)).toBe(true);
      expect(isDatabaseOutage(await errorOf(db.task.findMany()))).toBe(true);
    } finally {
      await db.$disconnect();
      await server.destroy();
    }
  });

  it('is a pool that has no connection to give', async () => {
    const database = await createTestDatabase();
    const db = createDatabaseClient({ url: database.apiUrl, poolSize: 1 });
    const held = db.$transaction((tx) => tx.$queryRaw`SELECT pg_sleep(2)::text`);
    const waiting = db.$transaction((tx) => tx.task.count(), { maxWait: 200 });
    expect(isDatabaseOutage(await errorOf(waiting))).toBe(true);
    await held;
    await db.$disconnect();
    await database.drop();
  });

  it('is a database that is closed to connections, or not there', async () => {
    const database = await createTestDatabase();
    const db = createDatabaseClient({ url: database.apiUrl, poolSize: 1 });
    await database.drop();
    expect(isDatabaseOutage(await errorOf(db.task.findMany()))).toBe(true);
    expect(isDatabaseOutage({ code: '55000' })).toBe(true);
    await db.$disconnect();
  });

  it('is not a query that is wrong, nor an owner who is gone', async () => {
    const database = await createTestDatabase();
    const db = createDatabaseClient({ url: database.apiUrl, poolSize: 1 });
    expect(isDatabaseOutage(await errorOf(db.user.findMany()))).toBe(false);
    expect(isDatabaseOutage(await errorOf(db.$queryRaw`SELECT nothing`))).toBe(false);
    expect(isDatabaseOutage(await errorOf(db.task.findMany({ where: { id: 'no uuid' } })))).toBe(
      false,
    );
    expect(isDatabaseOutage(new OwnerGoneError())).toBe(false);
    await db.$disconnect();
    await database.drop();
  });
});
