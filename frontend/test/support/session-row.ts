import { randomUUID } from 'node:crypto';
import type { PrismaClient, Session } from '@tessera/database';

/**
 * Puts another session under the same cookie. A session cannot be made older or shorter by an update:
 * one that is cut short ends.
 */
export async function replaceSession(
  db: PrismaClient,
  email: string,
  data: Partial<Session>,
): Promise<string> {
  const session = await db.session.findFirstOrThrow({ where: { user: { email } } });
  await db.session.delete({ where: { id: session.id } });
  const { id } = await db.session.create({ data: { ...session, id: randomUUID(), ...data } });
  return id;
}
