import { randomBytes } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { readEnvironment } from '../config/env.js';
import { createApp } from '../configure-app.js';
import { createDocument } from './document.js';

// Writes openapi.json beside the sources, or with --check only compares it. Runs compiled: the
// descriptions come from comments, which the Swagger plugin of the build reads.

const file = new URL('../../openapi.json', import.meta.url);

const app = await createApp(
  readEnvironment({
    // Nothing connects and nothing is signed; the variables just have to be there.
    API_DATABASE_URL: 'postgresql://nobody@localhost/none',
    JWT_SECRET: randomBytes(48).toString('base64url'),
    LOG_LEVEL: 'silent',
  }),
);
const text = `${JSON.stringify(createDocument(app), null, 2)}\n`;
await app.close();

if (!process.argv.includes('--check')) {
  await writeFile(file, text);
} else if ((await readFile(file, 'utf8').catch(() => '')) !== text) {
  process.stderr.write('openapi.json is out of date: run "npm run openapi -w backend"\n');
  process.exitCode = 1;
}
