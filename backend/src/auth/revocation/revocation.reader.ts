import pg from 'pg';

/** What one read of the table `revocation` gave. */
export interface RevocationReading {
  readonly sessionIds: readonly string[];
  /** Where the next read has to begin, so that it misses nothing. */
  readonly cursor: bigint;
}

/** The cursor of a reader that has read nothing yet. */
export const FROM_THE_BEGINNING = 0n;

const CONNECT_TIMEOUT_MS = 2_000;
/** Well below the staleness that is allowed, so that one lost answer makes nothing stale. */
const READ_TIMEOUT_MS = 2_000;
const LOAD_TIMEOUT_MS = 30_000;

/**
 * One statement, so one snapshot. A transaction that was under way in it, and so invisible, has an id
 * of at least `pg_snapshot_xmin`: reading from there next time cannot miss it, however late it commits.
 */
const READ = `
  SELECT pg_is_in_recovery() AS "isReplica",
    pg_snapshot_xmin(pg_current_snapshot())::text AS "cursor",
    ARRAY(SELECT "sid" FROM "revocation" WHERE "xid" >= $1::text::xid8 LIMIT $2) AS "sessionIds"`;

interface Row {
  isReplica: boolean;
  cursor: string;
  sessionIds: string[];
}

/** Reads revocations on a connection of its own: a pool that is busy must not make them late. */
export class RevocationReader {
  private constructor(
    private readonly client: pg.Client,
    private readonly limit: number,
  ) {}

  /**
   * @param limit how many rows one read gives at the most
   * @throws Error when the database does not answer
   */
  static async connect(url: string, limit: number): Promise<RevocationReader> {
    const client = new pg.Client({
      connectionString: url,
      application_name: 'tessera-api-revocation',
      connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
      keepAlive: true,
    });
    // The next read says it, too.
    client.on('error', () => undefined);
    try {
      await client.connect();
    } catch (error) {
      void client.end().catch(() => undefined);
      throw error;
    }
    return new RevocationReader(client, limit);
  }

  /** @throws Error when the database does not answer in time, or is a replica, which may lag behind */
  async read(cursor: bigint): Promise<RevocationReading> {
    const timeout = cursor === FROM_THE_BEGINNING ? LOAD_TIMEOUT_MS : READ_TIMEOUT_MS;
    const { rows } = await this.query<Row>(READ, [String(cursor), this.limit], timeout);
    const [row] = rows;
    if (row === undefined) throw new Error('The database gave no row');
    if (row.isReplica)
      throw new Error('The database is a replica: revocations are read late there');
    return { sessionIds: row.sessionIds, cursor: BigInt(row.cursor) };
  }

  /** Deletes what no token can be alive of. */
  async prune(): Promise<void> {
    await this.query('SELECT prune_revocations()', [], LOAD_TIMEOUT_MS);
  }

  private query<Result extends pg.QueryResultRow>(
    text: string,
    values: unknown[],
    timeout: number,
  ) {
    // pg knows `query_timeout` here, its types do not.
    const query: pg.QueryConfig & { query_timeout: number } = {
      text,
      values,
      query_timeout: timeout,
    };
    return this.client.query<Result>(query);
  }

  /** Ends the connection, whether or not the server still answers. */
  close(): void {
    void this.client.end().catch(() => undefined);
  }
}
