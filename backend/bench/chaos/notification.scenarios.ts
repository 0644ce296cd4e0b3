import { setTimeout as pause } from 'node:timers/promises';
import type { Scenario } from './scenario.js';
import { READ_MS } from './stage.js';

/** An API notices that it hears nothing, and listens anew. */
const HEARS_AGAIN_MS = 5_000;
const NOTIFIED_MS = 250;

export const NOTIFICATION_SCENARIOS: readonly Scenario[] = [
  {
    title: 'notifications swallowed for 15 s, then heard again',
    sees503: false,
    recoversWithinMs: 0,
    play: async (stage) => {
      const { listens } = stage.product;
      const [after, ...meanwhile] = await stage.enter(11);
      if (after === undefined) return;
      listens.become('deafening');
      for (const suspect of meanwhile) {
        await stage.revoke(suspect, READ_MS);
        await pause(1_400);
      }
      listens.become('open');
      stage.isCalm();
      await pause(HEARS_AGAIN_MS);
      await stage.revoke(after, NOTIFIED_MS);
    },
  },
  {
    title: 'connection for notifications closed every 100 ms',
    sees503: false,
    recoversWithinMs: 0,
    play: async (stage) => {
      const { listens } = stage.product;
      const suspects = await stage.enter(20, 100);
      const breaking = setInterval(() => listens.breakConnections(), 100);
      try {
        for (const suspect of suspects) {
          await stage.revoke(suspect, READ_MS);
          await pause(200);
        }
      } finally {
        clearInterval(breaking);
      }
      stage.isCalm();
    },
  },
];
