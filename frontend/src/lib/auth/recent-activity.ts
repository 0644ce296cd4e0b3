import 'server-only';
import { isDatabaseOutage } from '@tessera/database';
import { type ActivityItem, findRecentActivity } from './activity.repository';
import { databaseInstance } from './database-instance';

export type { ActivityItem } from './activity.repository';

/** What happened to the account of `userId`, which has to be the session's own; newest first. */
export async function loadRecentActivity(
  userId: string,
  limit: number,
): Promise<ActivityItem[] | 'unavailable'> {
  try {
    return await findRecentActivity(databaseInstance(), userId, limit);
  } catch (error) {
    if (isDatabaseOutage(error)) return 'unavailable';
    throw error;
  }
}
