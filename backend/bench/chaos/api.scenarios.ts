import { setTimeout as pause } from 'node:timers/promises';
import type { Scenario } from './scenario.js';
import { READ_MS } from './stage.js';

const STOPPED_MS = 10_000;

export const API_SCENARIOS: readonly Scenario[] = [
  ...(['SIGTERM', 'SIGKILL'] as const).map((signal): Scenario => ({
    title: `API ended by ${signal}, revoked, API started again`,
    sees503: false,
    missesAnswers: true,
    recoversWithinMs: 1_000,
    play: async (stage) => {
      const suspects = await stage.enter(3);
      const [api] = stage.product.apis;
      if (api === undefined) return;
      await api.end(signal);
      await Promise.all(suspects.map((suspect) => stage.revoke(suspect, READ_MS)));
      api.launchAgain();
      await api.ready();
      stage.isCalm();
    },
  })),
  {
    title: 'API stalled for 10 s (SIGSTOP), revoked meanwhile',
    sees503: false,
    recoversWithinMs: 2_000,
    play: async (stage) => {
      const suspects = await stage.enter(3);
      const [api] = stage.product.apis;
      api?.signal('SIGSTOP');
      await Promise.all(suspects.map((suspect) => stage.revoke(suspect, READ_MS)));
      await pause(STOPPED_MS);
      api?.signal('SIGCONT');
      stage.isCalm();
    },
  },
];
