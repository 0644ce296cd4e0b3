import { createDatabaseClient, type PrismaClient } from '@tessera/database';
import { createRateLimitRepository } from '@/lib/auth/rate-limit.repository';
import { createSignInBackoffRepository } from '@/lib/auth/sign-in-backoff.repository';
import { letTimePass } from './support/backoff-clock';
import { type AuthServer, startAuthServer } from './support/auth-server';

const DAY = 86_400;

describe('what is counted against strangers', () => {
  let server: AuthServer;
  /** One connection: what is asked for first is done first. */
  let db: PrismaClient;
  beforeAll(async () => {
    server = await startAuthServer();
    db = createDatabaseClient({ url: server.environment.databaseUrl, poolSize: 1 });
  });
  afterEach(() => jest.restoreAllMocks());
  afterAll(async () => {
    await db.$disconnect();
    await server.stop();
  });

  /** The repositories clear away once a minute at the most. */
  const aMinuteLater = () => {
    const now = Date.now();
    jest.spyOn(Date, 'now').mockReturnValue(now + 61_000);
  };

  it('is forgotten in the backoff a day after the last failure, and not before', async () => {
    const repository = createSignInBackoffRepository(db);
    const count = (accountHash: string) =>
      repository.count({ accountHash, email: 'x', network: '192.0.2.1', deviceHash: null });
    await count('old');
    await letTimePass(db, DAY - 60);
    await count('young');
    await letTimePass(db, 120);
    aMinuteLater();
    await count('new');
    const rows = await db.signInBackoff.findMany({ where: { scope: '*' } });
    expect(rows.map(({ accountHash }) => accountHash).toSorted()).toEqual(['new', 'young']);
  });

  it('is forgotten in the rate limits an hour after the window began', async () => {
    const repository = createRateLimitRepository(db);
    const rule = { window: 60, max: 1 };
    await repository.consume('old', rule);
    await repository.consume('young', rule);
    const minutesAgo = (minutes: number) => BigInt(Date.now() - minutes * 60_000);
    const setBack = (key: string, minutes: number) =>
      db.rateLimit.update({ where: { key }, data: { lastRequest: minutesAgo(minutes) } });
    await setBack('old', 61);
    await setBack('young', 58);
    aMinuteLater();
    await repository.consume('new', rule);
    const rows = await db.rateLimit.findMany();
    expect(rows.map(({ key }) => key).toSorted()).toEqual(['new', 'young']);
  });
});
