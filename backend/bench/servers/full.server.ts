// The product as it is shipped: logs, headers, validation and a rate limit that is on, but high.
// Its log goes to standard output, which the bench sends to a file.
import { readEnvironment } from '#api/config/env.js';
import { createApp } from '#api/configure-app.js';
import { AUDIENCE, ISSUER, SECRET } from '../tokens.js';
import { serve } from './serve.js';

const app = await createApp(
  readEnvironment({
    DEPLOYMENT: 'production',
    WEB_URL: ISSUER,
    API_URL: AUDIENCE,
    JWT_SECRET: SECRET,
    API_RATE_LIMIT: '999999999',
    // The route reaches for no database; the feed of revocations does, beside it.
    API_DATABASE_URL: process.env['API_DATABASE_URL'],
  }),
);
await app.listen(0, '127.0.0.1');
serve(app.getHttpServer());
