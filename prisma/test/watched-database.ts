import { randomUUID } from 'node:crypto';
import pg from 'pg';
import { createTestDatabase } from '../src/local/test-database.js';

type Role = 'owner' | 'web' | 'api';

/** A database with users and sessions, whose revocations, events and wake-ups are told. */
export type WatchedDatabase = Awaited<ReturnType<typeof createWatchedDatabase>>;

export async function createWatchedDatabase() {
  const database = await createTestDatabase();
  const clients: pg.Client[] = [];
  async function connect(role: Role): Promise<pg.Client> {
    const client = new pg.Client({ connectionString: database[`${role}Url`] });
    await client.connect();
    clients.push(client);
    return client;
  }
  const owner = await connect('owner');
  const listener = await connect('api');
  const heard: string[] = [];
  listener.on('notification', ({ channel, payload }) => heard.push(`${channel}:${payload}`));
  await listener.query('LISTEN tessera_revocation');
  await listener.query('LISTEN barrier');

  return {
    owner,
    web: await connect('web'),
    api: await connect('api'),
    connect,

    async addUser(): Promise<string> {
      const id = randomUUID();
      await owner.query(`INSERT INTO "user" (id, name, email) VALUES ($1, 'Ada', $2)`, [
        id,
        `${id}@example.com`,
      ]);
      await owner.query(
        `INSERT INTO account (id, "accountId", "providerId", "userId", password)
         VALUES ($1, $1, 'credential', $1, 'old')`,
        [id],
      );
      return id;
    },

    /** @param expires when, seen from now */
    async addSession(userId: string, expires = '7 days', client = owner): Promise<string> {
      const id = randomUUID();
      await client.query(
        `INSERT INTO session (id, token, "userId", "expiresAt") VALUES ($1, $1, $2, now() + $3::interval)`,
        [id, userId, expires],
      );
      return id;
    },

    async revoked(): Promise<string[]> {
      const { rows } = await owner.query<{ sid: string }>('SELECT sid FROM revocation');
      return rows.map(({ sid }) => sid).sort();
    },

    /** The sessions that were told to be revoked, each as often as it was told. */
    async told(): Promise<string[]> {
      const { rows } = await owner.query<{ session_id: string }>(
        `SELECT session_id FROM security_event
         WHERE kind = 'session_revoked' AND source = 'database' AND outcome = 'success'`,
      );
      return rows.map(({ session_id }) => session_id).sort();
    },

    async live(): Promise<string[]> {
      const { rows } = await owner.query<{ id: string }>('SELECT id FROM session');
      return rows.map(({ id }) => id).sort();
    },

    /** How often the APIs were woken up since it was asked last. Notifications keep their order. */
    async wakeUps(): Promise<number> {
      const mark = randomUUID();
      const arrived = new Promise<void>((resolve) => {
        const listen = ({ payload }: pg.Notification) => {
          if (payload !== mark) return;
          listener.off('notification', listen);
          resolve();
        };
        listener.on('notification', listen);
      });
      await owner.query(`SELECT pg_notify('barrier', $1)`, [mark]);
      await arrived;
      return heard.splice(0).filter((text) => text === 'tessera_revocation:').length;
    },

    /** Resolves when the client's statement waits for a lock that another transaction holds. */
    async waits(client: pg.Client): Promise<void> {
      const { processID } = client as unknown as { processID: number };
      for (;;) {
        const { rows } = await owner.query<{ waits: boolean }>(
          'SELECT cardinality(pg_blocking_pids($1)) > 0 AS waits',
          [processID],
        );
        if (rows[0]?.waits === true) return;
      }
    },

    async clear(): Promise<void> {
      await owner.query('DELETE FROM "user"');
      await owner.query('DELETE FROM revocation');
      await owner.query('DELETE FROM security_event');
      await this.wakeUps();
    },

    async close(): Promise<void> {
      await Promise.all(clients.map((client) => client.end()));
      await database.drop();
    },
  };
}
