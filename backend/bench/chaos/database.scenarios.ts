import { setTimeout as pause } from 'node:timers/promises';
import type { Product } from '../product/product.js';
import type { ProxyMode } from '../product/tcp.proxy.js';
import type { Scenario } from './scenario.js';
import { DELETE_SESSION, READ_MS, STALE_MS } from './stage.js';

const OUTAGE_MS = 10_000;
const RESTART_MS = 5_000;

function bothProxies({ reads, listens }: Product, mode: ProxyMode): void {
  reads.become(mode);
  listens.become(mode);
}

export const DATABASE_SCENARIOS: readonly Scenario[] = [
  {
    title: 'network to the database down for 10 s, revoked meanwhile',
    sees503: true,
    recoversWithinMs: 2_000,
    play: async (stage) => {
      const suspects = await stage.enter(3);
      bothProxies(stage.product, 'holding');
      await Promise.all(suspects.map((suspect) => stage.revoke(suspect, STALE_MS)));
      await pause(OUTAGE_MS);
      bothProxies(stage.product, 'open');
      stage.isCalm();
    },
  },
  {
    title: 'connections to the database half dead for 10 s, revoked meanwhile',
    sees503: true,
    recoversWithinMs: RESTART_MS,
    play: async (stage) => {
      const suspects = await stage.enter(3);
      bothProxies(stage.product, 'deafening');
      await Promise.all(suspects.map((suspect) => stage.revoke(suspect, STALE_MS)));
      await pause(OUTAGE_MS);
      bothProxies(stage.product, 'open');
      stage.isCalm();
    },
  },
  {
    title: 'PostgreSQL stopped just after, and started 10 s later',
    sees503: true,
    recoversWithinMs: RESTART_MS,
    play: async (stage) => {
      const suspects = await stage.enter(3);
      bothProxies(stage.product, 'holding');
      await Promise.all(suspects.map((suspect) => stage.revoke(suspect, STALE_MS)));
      stage.product.server.signal('SIGINT');
      bothProxies(stage.product, 'refusing');
      await pause(OUTAGE_MS);
      await stage.untilDatabaseAnswers();
      bothProxies(stage.product, 'open');
      stage.isCalm();
    },
  },
  {
    title: 'PostgreSQL killed while 20 are being revoked',
    sees503: false,
    recoversWithinMs: RESTART_MS,
    play: async (stage) => {
      const { server, sql } = stage.product;
      const suspects = await stage.enter(20, 100);
      let done = 0;
      const underWay = suspects.map(async ({ browser }) => {
        await sql.query(DELETE_SESSION, [browser.sessionId]);
        done += 1;
        if (done === 5) server.signal('SIGKILL');
      });
      await Promise.allSettled(underWay);
      await stage.untilDatabaseAnswers();
      stage.isCalm();
      for (const suspect of suspects) await stage.settle(suspect, RESTART_MS);
    },
  },
  {
    title: 'PostgreSQL stalled for 10 s (SIGSTOP), revoked before and meanwhile',
    sees503: true,
    recoversWithinMs: RESTART_MS,
    play: async (stage) => {
      const { server } = stage.product;
      const [before, ...meanwhile] = await stage.enter(4);
      if (before === undefined) return;
      bothProxies(stage.product, 'holding');
      await stage.revoke(before, STALE_MS);
      server.signalAll('SIGSTOP');
      bothProxies(stage.product, 'open');
      // Nobody answers them before the server goes on.
      const underWay = meanwhile.map((suspect) => stage.revoke(suspect, READ_MS));
      await pause(OUTAGE_MS);
      server.signalAll('SIGCONT');
      stage.isCalm();
      await Promise.all(underWay);
    },
  },
  {
    title: 'deleting transaction open for 10 s while 100 others commit, nothing notified',
    sees503: false,
    recoversWithinMs: 0,
    play: async (stage) => {
      const { listens, sql } = stage.product;
      const [late, ...others] = await stage.enter(101, 500);
      if (late === undefined) return;
      listens.become('deafening');
      const client = await sql.connect();
      const from = performance.now();
      try {
        await client.query('BEGIN');
        await client.query(DELETE_SESSION, [late.browser.sessionId]);
        for (const other of others) {
          await stage.revoke(other, READ_MS);
          await pause((OUTAGE_MS - (performance.now() - from)) / others.length);
        }
        await pause(OUTAGE_MS - (performance.now() - from));
        await client.query('COMMIT');
        late.isRevokedNow(READ_MS);
      } finally {
        client.release();
        listens.become('open');
      }
      stage.isCalm();
    },
  },
];
