import { setTimeout as pause } from 'node:timers/promises';
import { signIn, type Browser } from '../product/browser.js';
import { createPeople, PASSWORD } from '../product/people.js';
import type { Product } from '../product/product.js';
import { Suspect } from './suspect.js';

/** `REVOCATION_MAX_STALENESS`: by then an API that can read nothing answers 503. */
export const STALE_MS = 5_000;
/** The next read of an API that can read. */
export const READ_MS = 1_500;

const LOOK_EVERY_MS = 25;

/** Where one scenario is played: a token that stays good, and some that do not. */
export class Stage {
  readonly suspects: Suspect[] = [];
  /** When what disturbed the product was over. */
  calmAt = 0;

  private constructor(
    readonly product: Product,
    /** Nobody revokes it. */
    readonly good: Suspect,
  ) {}

  static async set(product: Product): Promise<Stage> {
    const [person] = await createPeople(product, 1);
    if (person === undefined) throw new Error('Nobody was made');
    const browser = await signIn(product, person.email, PASSWORD);
    const good = new Suspect(product.apis, browser, LOOK_EVERY_MS);
    await good.whenAll(200);
    return new Stage(product, good);
  }

  /** So many people sign in, and all APIs accept them. */
  async enter(count: number, everyMs = LOOK_EVERY_MS): Promise<Suspect[]> {
    const people = await createPeople(this.product, count);
    const entered: Suspect[] = [];
    for (const { email } of people) {
      entered.push(this.watch(await signIn(this.product, email, PASSWORD), everyMs));
    }
    await Promise.all(entered.map((suspect) => suspect.whenAll(200)));
    return entered;
  }

  watch(browser: Browser, everyMs = LOOK_EVERY_MS): Suspect {
    const suspect = new Suspect(this.product.apis, browser, everyMs);
    this.suspects.push(suspect);
    return suspect;
  }

  /** As an operator would by SQL: the answer comes when it is committed. */
  async revoke(suspect: Suspect, boundMs: number): Promise<void> {
    const from = performance.now();
    await this.product.sql.query(DELETE_SESSION, [suspect.browser.sessionId]);
    suspect.isRevokedNow(boundMs);
    suspect.doubtMs = performance.now() - from;
  }

  /** What was revoked and how it ended is not known: the database is asked, once it answers. */
  async settle(suspect: Suspect, boundMs: number): Promise<void> {
    const { rowCount } = await this.product.sql.query('SELECT FROM "revocation" WHERE "sid" = $1', [
      suspect.browser.sessionId,
    ]);
    if (rowCount === 0) return;
    suspect.isRevokedNow(boundMs);
    suspect.doubtMs = Number.POSITIVE_INFINITY;
  }

  /** Waits for a server that starts by itself. */
  async untilDatabaseAnswers(): Promise<void> {
    for (;;) {
      try {
        await this.product.sql.query('SELECT 1');
        return;
      } catch {
        await pause(50);
      }
    }
  }

  isCalm(): void {
    this.calmAt = performance.now();
  }
}

export const DELETE_SESSION = 'DELETE FROM "session" WHERE "id" = $1';
