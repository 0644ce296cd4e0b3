import { Counter, Gauge, Registry } from 'prom-client';
import type { SecurityEvent, SecurityEventSource } from './security-event.js';

/** Counts for the operator. No label has a value that a stranger could choose. */
export class EventMetrics {
  readonly registry = new Registry();
  private readonly events = new Counter({
    name: 'tessera_security_events_total',
    help: 'Security events since the start of this process.',
    labelNames: ['source', 'kind', 'outcome'],
    registers: [this.registry],
  });
  private readonly lost = new Counter({
    name: 'tessera_security_events_lost_total',
    help: 'Security events that the database would not take.',
    registers: [this.registry],
  });

  /** @param waiting how many rows are not written yet */
  constructor(
    private readonly source: SecurityEventSource,
    waiting: () => number,
  ) {
    void new Gauge({
      name: 'tessera_security_events_waiting',
      help: 'Rows that wait to be written.',
      registers: [this.registry],
      collect() {
        this.set(waiting());
      },
    });
  }

  recorded({ kind, outcome }: SecurityEvent): void {
    this.events.inc({ source: this.source, kind, outcome });
  }

  lose(count: number): void {
    this.lost.inc(count);
  }
}
