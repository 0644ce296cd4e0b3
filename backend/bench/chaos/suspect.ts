import type { Browser } from '../product/browser.js';
import type { RunningApp } from '../product/running.app.js';
import { Witness, type Sighting } from '../product/witness.js';

/** For how long an answer may be on its way after it was decided, on a machine that is busy. */
const ON_ITS_WAY_MS = 100;

/** A token that every API is asked about all the time, to be revoked sooner or later. */
export class Suspect {
  private readonly witnesses: readonly Witness[];
  private committedAt = Number.POSITIVE_INFINITY;
  private boundMs = 0;

  constructor(
    apis: readonly RunningApp[],
    readonly browser: Browser,
    everyMs: number,
  ) {
    this.witnesses = apis.map((api) => new Witness(api, browser, everyMs));
  }

  /** @param boundMs after this moment nobody accepts it */
  isRevokedNow(boundMs: number): void {
    this.committedAt = performance.now();
    this.boundMs = boundMs;
  }

  get wasRevoked(): boolean {
    return Number.isFinite(this.committedAt);
  }

  /** Every API has said so. */
  async whenAll(status: 200 | 401): Promise<void> {
    const from = performance.now();
    await Promise.all(
      this.witnesses.map((witness) =>
        witness.first((sighting) => sighting.sentAt >= from && sighting.status === status),
      ),
    );
  }

  async end(): Promise<void> {
    await Promise.all(this.witnesses.map((witness) => witness.end()));
  }

  get sightings(): Sighting[] {
    return this.witnesses.flatMap(({ sightings }) => sightings);
  }

  /** How long after its revocation it was accepted last, by when the answer was there. */
  get lastAcceptedMs(): number {
    const accepted = this.sightings.filter(({ status }) => status === 200);
    return Math.max(0, ...accepted.map(({ answeredAt }) => answeredAt - this.committedAt));
  }

  /** What must never be, and was. */
  get wrong(): string[] {
    const wrong: string[] = [];
    if (this.lastAcceptedMs > this.boundMs + ON_ITS_WAY_MS) {
      wrong.push(`accepted ${Math.round(this.lastAcceptedMs)} ms after its revocation`);
    }
    const early = this.sightings.find(
      ({ status, answeredAt }) => status === 401 && answeredAt < this.committedAt - this.doubtMs,
    );
    if (early) wrong.push('refused before it was revoked');
    return wrong;
  }

  /** Between the commit and the answer that tells of it. */
  doubtMs = 0;
}
