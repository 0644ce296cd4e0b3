import { createDatabaseClient } from '@tessera/database';
import { createTestDatabase, type TestDatabase } from '@tessera/database/local';
import { pruneSecurityEvents, repeatHourly } from '@/server/event-retention';

const DAY = 86_400;

describe('security events that are too old', () => {
  let database: TestDatabase;
  beforeAll(async () => {
    database = await createTestDatabase();
  });
  afterAll(() => database.drop());

  it('are deleted, the others kept; today can never be wiped out', async () => {
    const owner = createDatabaseClient({ url: database.ownerUrl, poolSize: 1 });
    const web = createDatabaseClient({ url: database.webUrl, poolSize: 1 });
    const reasons = async () =>
      (await web.securityEvent.findMany({ orderBy: { occurredAt: 'asc' } })).map(
        ({ reason }) => reason,
      );
    const ages = { 'of months': 91, 'of weeks': 89, 'of a day': 1.1, 'of hours': 0.9 };
    await owner.securityEvent.createMany({
      data: Object.entries(ages).map(([reason, days]) => ({
        source: 'web',
        kind: 'sign_in',
        outcome: 'success',
        reason,
        occurredAt: new Date(Date.now() - days * DAY * 1000),
      })),
    });
    await pruneSecurityEvents(web, 90 * DAY);
    expect(await reasons()).toEqual(['of weeks', 'of a day', 'of hours']);
    await pruneSecurityEvents(web, 0);
    expect(await reasons()).toEqual(['of hours']);
    await Promise.all([owner.$disconnect(), web.$disconnect()]);
  });
});

describe('work that is repeated', () => {
  beforeEach(() => jest.useFakeTimers());
  afterEach(() => jest.useRealTimers());

  it('is done about a minute from the start and about every hour, until it is stopped', async () => {
    let times = 0;
    const stop = repeatHourly(async () => void (times += 1));
    await jest.advanceTimersByTimeAsync(50_000);
    expect(times).toBe(0);
    await jest.advanceTimersByTimeAsync(20_000);
    expect(times).toBe(1);
    await jest.advanceTimersByTimeAsync(10 * 3_600_000);
    expect(times).toBeGreaterThanOrEqual(9);
    expect(times).toBeLessThanOrEqual(12);
    const before = times;
    stop();
    await jest.advanceTimersByTimeAsync(10 * 3_600_000);
    expect(times).toBe(before);
  });

  it('goes on after it failed, which is reported', async () => {
    const lines: string[] = [];
    const write = jest
      .spyOn(process.stderr, 'write')
      .mockImplementation((line) => lines.push(String(line)) > 0);
    let times = 0;
    const stop = repeatHourly(async () => {
      times += 1;
      throw new Error('no database');
    });
    await jest.advanceTimersByTimeAsync(3 * 3_600_000);
    stop();
    write.mockRestore();
    expect(times).toBeGreaterThanOrEqual(2);
    expect(lines).toHaveLength(times);
    expect(lines[0]).toContain('Old security events could not be deleted');
  });
});
