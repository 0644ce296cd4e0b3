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
/** A row is as old as the transaction that wrote it, which may have been open for long. */
const LONGEST_TRANSACTION_SECONDS = 3_600;
const FOR_EVER_SECONDS = 1e9;

/**
 * One statement, so one snapshot. A transaction that was under way in it, and so invisible, has an id
 * of at least `pg_snapshot_xmin`: reading from there next time cannot miss it, however late it commits.
 */
const READ = `
  SELECT pg_is_in_recovery() AS "isReplica",
    pg_snapshot_xmin(pg_current_snapshot())::text AS "cursor",
    ARRAY(
      SELECT "sid" FROM "revocation"
      WHERE "xid" >= $1::text::xid8 AND "created_at" > now() - make_interval(secs => $2) LIMIT $3
    ) AS "sessionIds"`;

interface Row {
  isReplica: boolean;
  cursor: string;
  sessionIds: string[];
}

const PRUNE = 'SELECT prune_revocations() AS "deleted"';

export interface RevocationReaderOptions {
  readonly databaseUrl: string;
  /** How many rows one read gives at the most. */
  readonly limit: number;
  readonly maxTokenLifeSeconds: number;
}

/** Reads revocations on a connection of its own: a pool that is busy must not make them late. */
export class RevocationReader {
  private constructor(
    private readonly client: pg.Client,
    private readonly options: RevocationReaderOptions,
  ) {}

  /** @throws Error when the database does not answer */
  static async connect(options: RevocationReaderOptions): Promise<RevocationReader> {
    const client = new pg.Client({
      connectionString: options.databaseUrl,
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
    return new RevocationReader(client, options);
  }

  /** @throws Error when the database does not answer in time, or is a replica, which may lag behind */
  async read(cursor: bigint): Promise<RevocationReading> {
    const { limit, maxTokenLifeSeconds } = this.options;
    const isLoad = cursor === FROM_THE_BEGINNING;
    // Whose tokens are long dead need not be known, be they pruned or not. What commits only now may
    // have been begun at any time.
    const maxAge = isLoad ? maxTokenLifeSeconds + LONGEST_TRANSACTION_SECONDS : FOR_EVER_SECONDS;
    const timeout = isLoad ? LOAD_TIMEOUT_MS : READ_TIMEOUT_MS;
    const { rows } = await this.query<Row>(READ, [String(cursor), maxAge, limit], timeout);
    const [row] = rows;
    if (row === undefined) throw new Error('The database gave no row');
    if (row.isReplica)
      throw new Error('The database is a replica: revocations are read late there');
    return { sessionIds: row.sessionIds, cursor: BigInt(row.cursor) };
  }

  /**
   * Deletes some of what no token can be alive of.
   *
   * @returns whether there were any
   */
  async prune(): Promise<boolean> {
    const { rows } = await this.query<{ deleted: string }>(PRUNE, [], READ_TIMEOUT_MS);
    return rows[0]?.deleted !== '0';
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
