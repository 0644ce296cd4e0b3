import type { PrismaClient } from '@tessera/database';

/** As if so many seconds had passed since everything that is counted. */
export async function letTimePass(db: PrismaClient, seconds: number): Promise<void> {
  await db.$executeRaw`
    UPDATE sign_in_backoff SET
      counted_from = counted_from - make_interval(secs => ${seconds}::int),
      locked_until = locked_until - make_interval(secs => ${seconds}::int),
      updated_at = updated_at - make_interval(secs => ${seconds}::int)`;
}
