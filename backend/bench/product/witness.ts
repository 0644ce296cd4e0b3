import { Agent } from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';
import type { Browser } from './browser.js';
import { exchange } from './http.exchange.js';
import type { RunningApp } from './running.app.js';

/** What one request with the token came to, by `performance.now()`. */
export interface Sighting {
  readonly sentAt: number;
  readonly answeredAt: number;
  /** 0 where there was no answer. */
  readonly status: number;
  readonly retryAfter: string | undefined;
}

const TIMEOUT_MS = 15_000;

/** Asks one API again and again with one token, and remembers every answer. */
export class Witness {
  readonly sightings: Sighting[] = [];
  private readonly agent = new Agent({ keepAlive: true, maxSockets: 1 });
  private isOver = false;
  private readonly watching: Promise<void>;
  private waiting: (() => void)[] = [];

  /** @param everyMs between an answer and the next request */
  constructor(
    private readonly api: RunningApp,
    private readonly browser: Pick<Browser, 'userId' | 'token'>,
    everyMs: number,
  ) {
    this.watching = this.watch(everyMs);
  }

  /** The first sighting, of those so far and those to come, that is as wanted. */
  async first(wanted: (sighting: Sighting, index: number) => boolean): Promise<Sighting> {
    for (;;) {
      const found = this.sightings.find(wanted);
      if (found) return found;
      if (this.isOver) throw new Error('The witness has seen no such thing');
      await new Promise<void>((seen) => this.waiting.push(seen));
    }
  }

  async end(): Promise<readonly Sighting[]> {
    this.isOver = true;
    await this.watching;
    this.agent.destroy();
    return this.sightings;
  }

  private async watch(everyMs: number): Promise<void> {
    while (!this.isOver) {
      this.sightings.push(await look(this.api.port, this.browser, this.agent));
      for (const seen of this.waiting.splice(0)) seen();
      await pause(everyMs);
    }
    for (const seen of this.waiting.splice(0)) seen();
  }
}

/** One guarded request with the token of a browser. */
export async function look(
  port: number,
  { userId, token }: Pick<Browser, 'userId' | 'token'>,
  agent?: Agent,
): Promise<Sighting> {
  const sentAt = performance.now();
  try {
    const { status, headers } = await exchange({
      port,
      path: `/api/users/${userId}`,
      headers: { authorization: `Bearer ${token}` },
      timeoutMs: TIMEOUT_MS,
      ...(agent === undefined ? {} : { agent }),
    });
    return { sentAt, answeredAt: performance.now(), status, retryAfter: headers['retry-after'] };
  } catch {
    return { sentAt, answeredAt: performance.now(), status: 0, retryAfter: undefined };
  }
}
