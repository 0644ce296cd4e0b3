// `npm run bench -- events`: what was caused is what is recorded, however much of it (SC-009).
import { runMeasurement } from '../product/measurement.js';
import { withProduct } from '../product/product.js';
import { say, type Figure } from '../report/figure.js';
import { mixAtApis } from './api.mix.js';
import { Tally } from './tally.js';
import { mixAtWeb } from './web.mix.js';

const LEAST = 500;
const proxied = { TRUSTED_PROXIES: '127.0.0.1/32' };

runMeasurement(() =>
  withProduct(
    {
      web: { ...proxied, AUTH_RATE_LIMIT: 'on', AUTH_CAPACITY: '4' },
      api: { ...proxied, API_RATE_LIMIT: '100' },
    },
    async (product) => {
      const tally = new Tally();
      await mixAtWeb(product, tally);
      await mixAtApis(product, tally);
      const figures: Figure[] = [
        {
          claim: `A mix of at least ${LEAST} events`,
          reached: String(tally.total),
          holds: tally.total >= LEAST,
        },
        ...(await tally.compare(product.sql)),
      ];
      for (const figure of figures) say(figure);
      return figures;
    },
  ),
);
