import type pg from 'pg';
import { setTimeout as pause } from 'node:timers/promises';
import type { Figure } from '../report/figure.js';

/** The apps write what happened twice a second; an app that is busy may take longer. */
const WRITTEN_WITHIN_MS = 5_000;

/** What was caused, by kind and outcome, to be compared with what the database says. */
export class Tally {
  private readonly caused = new Map<string, number>();

  add(kind: string, outcome: 'success' | 'failure' | 'refused', count = 1): void {
    const name = `${kind} ${outcome}`;
    this.caused.set(name, (this.caused.get(name) ?? 0) + count);
  }

  get total(): number {
    return [...this.caused.values()].reduce((sum, count) => sum + count, 0);
  }

  /** A figure for each kind, those that were recorded and not caused as well. */
  async compare(sql: pg.Pool): Promise<Figure[]> {
    const until = performance.now() + WRITTEN_WITHIN_MS;
    for (;;) {
      const recorded = await sumsOf(sql);
      const figures = [...new Set([...this.caused.keys(), ...recorded.keys()])]
        .sort()
        .map((name) => {
          const [caused, found] = [this.caused.get(name) ?? 0, recorded.get(name) ?? 0];
          return {
            claim: `${name}: ${caused} caused`,
            reached: `${found} recorded`,
            holds: found === caused,
          };
        });
      if (figures.every(({ holds }) => holds) || performance.now() > until) return figures;
      await pause(100);
    }
  }
}

async function sumsOf(sql: pg.Pool): Promise<Map<string, number>> {
  const { rows } = await sql.query<{ name: string; sum: number }>(
    `SELECT "kind" || ' ' || "outcome" AS name, sum("count")::int AS sum
     FROM "security_event" GROUP BY 1`,
  );
  return new Map(rows.map(({ name, sum }) => [name, sum]));
}
