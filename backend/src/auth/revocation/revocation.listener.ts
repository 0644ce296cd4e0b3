import { setTimeout as pause } from 'node:timers/promises';
import pg from 'pg';

const CONNECT_TIMEOUT_MS = 2_000;
const RETRY_MS = 1_000;
/** A connection that a firewall dropped says nothing by itself. */
const HEARTBEAT_MS = 10_000;
const HEARTBEAT_TIMEOUT_MS = 3_000;

/**
 * Hears `NOTIFY tessera_revocation` on a connection of its own. Nothing depends on it but how soon the
 * table is read: whatever is not heard is read a second later.
 */
export class RevocationListener {
  private readonly stopping = new AbortController();

  /**
   * @param url past any pooler: those do not carry notifications
   * @param wake is called at each notification, and when some may have been missed
   */
  constructor(
    private readonly url: string,
    private readonly wake: () => void,
  ) {}

  start(): void {
    void this.run();
  }

  stop(): void {
    this.stopping.abort();
  }

  private async run(): Promise<void> {
    const { signal } = this.stopping;
    while (!signal.aborted) {
      await this.listen().catch(() => undefined);
      await pause(RETRY_MS, undefined, { signal }).catch(() => undefined);
    }
  }

  /** @throws Error when the connection is gone */
  private async listen(): Promise<never> {
    const { signal } = this.stopping;
    const client = new pg.Client({
      connectionString: this.url,
      application_name: 'tessera-api-listen',
      connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
      query_timeout: HEARTBEAT_TIMEOUT_MS,
      keepAlive: true,
    });
    const lost = new AbortController();
    const hangUp = () => lost.abort();
    client.on('error', hangUp).on('end', hangUp).on('notification', this.wake);
    signal.addEventListener('abort', hangUp, { once: true });
    try {
      await client.connect();
      await client.query('LISTEN tessera_revocation');
      this.wake();
      for (;;) {
        await pause(HEARTBEAT_MS, undefined, { signal: lost.signal });
        await client.query('SELECT 1');
      }
    } finally {
      signal.removeEventListener('abort', hangUp);
      void client.end().catch(() => undefined);
    }
  }
}
