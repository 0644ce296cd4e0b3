import { asUser, OwnerGoneError, type OwnerId } from '../src/as-user.js';
import { createDatabaseClient } from '../src/database-client.js';
import type { PrismaClient } from '../src/generated/client.js';
import { createTestDatabase, type TestDatabase } from '../src/local/test-database.js';

const [alice, bob] = ['alice', 'bob'] as OwnerId[] as [OwnerId, OwnerId];
let database: TestDatabase;
let api: PrismaClient;
let web: PrismaClient;

beforeAll(async () => {
  database = await createTestDatabase();
  api = createDatabaseClient({ url: database.apiUrl, poolSize: 4 });
  web = createDatabaseClient({ url: database.webUrl, poolSize: 1 });
  for (const id of [alice, bob]) {
    await web.user.create({ data: { id, name: id, email: `${id}@example.com` } });
    await asUser(api, id, (tx) => tx.task.create({ data: { userId: id, title: `of ${id}` } }));
  }
});

afterAll(async () => {
  await Promise.all([api.$disconnect(), web.$disconnect()]);
  await database.drop();
});

describe('asUser (FR-022)', () => {
  it("shows the user's rows even to a query that forgets its where", async () => {
    const tasks = await asUser(api, alice, (tx) => tx.task.findMany());
    expect(tasks.map((task) => task.title)).toEqual(['of alice']);
  });

  it('keeps users apart when many share the pool', async () => {
    const owners = Array.from({ length: 60 }, (_, index) => (index % 2 ? alice : bob));
    const titles = await Promise.all(
      owners.map((owner) =>
        asUser(api, owner, async (tx) => (await tx.task.findMany()).map((task) => task.title)),
      ),
    );
    expect(titles).toEqual(owners.map((owner) => [`of ${owner}`]));
  });

  it('leaves no user behind on the connection', async () => {
    await asUser(api, alice, (tx) => tx.task.count());
    await expect(api.task.findMany()).resolves.toEqual([]);
  });

  it('rolls back what a failing function wrote', async () => {
    const failing = asUser(api, alice, async (tx) => {
      await tx.task.create({ data: { userId: alice, title: 'never' } });
      throw new Error('on purpose');
    });
    await expect(failing).rejects.toThrow('on purpose');
    await expect(asUser(api, alice, (tx) => tx.task.count())).resolves.toBe(1);
  });

  it('writes nothing for a user who is deleted meanwhile, and says so', async () => {
    const dave = 'dave' as OwnerId;
    await web.user.create({ data: { id: dave, name: 'D', email: 'dave@example.com' } });
    const inserting = asUser(api, dave, async (tx) => {
      await web.user.delete({ where: { id: dave } });
      return tx.task.create({ data: { userId: dave, title: 'too late' } });
    });
    await expect(inserting).rejects.toThrow(OwnerGoneError);
  });
});
