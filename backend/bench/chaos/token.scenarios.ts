import { askWeb, fetchToken, required } from '../product/browser.js';
import type { Scenario } from './scenario.js';
import { DELETE_SESSION, READ_MS } from './stage.js';

export const TOKEN_SCENARIOS: readonly Scenario[] = [
  {
    title: 'token made while its session is being deleted',
    sees503: false,
    recoversWithinMs: 0,
    play: async (stage) => {
      const { product } = stage;
      const [first] = await stage.enter(1);
      if (first === undefined) return;
      const { cookie, sessionId } = first.browser;
      const client = await product.sql.connect();
      try {
        await client.query('BEGIN');
        await client.query(DELETE_SESSION, [sessionId]);
        // Nothing is committed: the web app still sees the session.
        const second = stage.watch({ cookie, ...(await fetchToken(product, cookie)) });
        await second.whenAll(200);
        await client.query('COMMIT');
        for (const suspect of [first, second]) suspect.isRevokedNow(READ_MS);
      } finally {
        client.release();
      }
      stage.isCalm();
    },
  },
  {
    title: 'tokens asked for in the very moment of sign-out',
    sees503: false,
    recoversWithinMs: 0,
    play: async (stage) => {
      const { product } = stage;
      for (const suspect of await stage.enter(20, 200)) {
        const { cookie } = suspect.browser;
        const signOut = async () => {
          required(await askWeb(product, '/sign-out', { cookie, body: {} }));
          suspect.isRevokedNow(READ_MS);
          suspect.doubtMs = READ_MS;
        };
        const fetching = [fetchToken(product, cookie), fetchToken(product, cookie)];
        const [made] = await Promise.all([Promise.allSettled(fetching), signOut()]);
        for (const attempt of made) {
          if (attempt.status === 'rejected') continue;
          const late = stage.watch({ cookie, ...attempt.value }, 200);
          late.isRevokedNow(READ_MS);
          late.doubtMs = READ_MS;
        }
      }
      stage.isCalm();
    },
  },
];
