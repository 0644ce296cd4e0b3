import type { Stage } from './stage.js';

export interface Scenario {
  readonly title: string;
  /** Whether an API is without knowledge for so long that it has to say 503. */
  readonly sees503: boolean;
  /** Whether an API is away for a while, so that there is no answer at all. */
  readonly missesAnswers?: boolean;
  /** After the disturbance, until everything is answered again. */
  readonly recoversWithinMs: number;
  readonly play: (stage: Stage) => Promise<void>;
}
