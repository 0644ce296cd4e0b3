import type { HttpResults } from '../http/http.benchmark.js';
import type { MicroResults } from '../micro/micro.process.js';

/** Everything that one run has found out. */
export interface Results {
  readonly machine: {
    readonly date: string;
    readonly cpu: string;
    readonly cores: number;
    readonly system: string;
    readonly node: string;
    /** Whether server and load had a core each. */
    readonly pinned: boolean;
  };
  readonly micro: MicroResults;
  readonly http: HttpResults;
}
