import type { HttpResults } from '../http/http.benchmark.js';
import type { MicroResults } from '../micro/micro.process.js';
import type { Machine } from './machine.js';

/** Everything that one run has found out. */
export interface Results {
  readonly machine: Machine & {
    /** Whether server and load had a core each. */
    readonly pinned: boolean;
  };
  readonly micro: MicroResults;
  readonly http: HttpResults;
}
