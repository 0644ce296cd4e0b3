import { setTimeout as delay } from 'node:timers/promises';
import { reportProblem } from '@/lib/report-problem';
import type { Mail, Mailer } from './mailer';

const RETRY_AFTER_MS = [2_000, 15_000, 120_000];
/** A mail server that is down must not make a flood of requests fill the memory. */
const CAPACITY = 1_000;

/**
 * Sends mails behind the answer, so that neither its time nor its outcome tells whether there was one
 * to send. Tries again for a while; a mail that still fails is lost, and reported without its content.
 */
export class MailOutbox {
  readonly #underWay = new Set<Promise<void>>();
  readonly #mailer;
  readonly #retryAfterMs;

  constructor(mailer: Mailer, retryAfterMs: readonly number[] = RETRY_AFTER_MS) {
    this.#mailer = mailer;
    this.#retryAfterMs = retryAfterMs;
  }

  /** @param compose makes the mail, or finds that there is none to send */
  post(compose: () => Mail | Promise<Mail | undefined>): void {
    if (this.#underWay.size >= CAPACITY) {
      reportProblem('A mail was dropped: too many are waiting to be sent', {});
      return;
    }
    const done = this.#deliver(compose).finally(() => this.#underWay.delete(done));
    this.#underWay.add(done);
  }

  /** Resolves when every mail that was posted has been sent or given up. */
  async idle(): Promise<void> {
    while (this.#underWay.size > 0) await Promise.all(this.#underWay);
  }

  async #deliver(compose: () => Mail | Promise<Mail | undefined>): Promise<void> {
    let mail: Mail | undefined;
    try {
      // Not before the answer is on its way.
      await delay(0);
      mail = await compose();
    } catch (error) {
      reportProblem('A mail could not be composed', { error });
      return;
    }
    if (mail === undefined) return;
    for (const waitMs of [...this.#retryAfterMs, undefined]) {
      try {
        await this.#mailer.send(mail);
        return;
      } catch (error) {
        reportProblem(`A mail could not be sent (${failureOf(error)})`, {});
        if (waitMs === undefined) return;
        await delay(waitMs, undefined, { ref: false });
      }
    }
  }
}

/** What the error says without quoting the mail: servers repeat addresses in their answers. */
function failureOf(error: unknown): string {
  const { code, responseCode } = Object(error) as Record<string, unknown>;
  const known = [code, responseCode].filter((part) => ['string', 'number'].includes(typeof part));
  return known.join(' ') || 'unknown cause';
}
