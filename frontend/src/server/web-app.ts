import { createServer } from 'node:http';
import { join } from 'node:path';
import { ConfigurationError } from '@tessera/database/contract';
import createNext from 'next';
import { sharedAdmission } from '../lib/auth/admission.js';
import { shareEventRecorder } from '../lib/auth/event-recorder.js';
import { shareSigningKeys } from '../lib/auth/signing-keys.js';
import { isDevelopment, readWebEnvironment, webEnvironment } from '../lib/env.js';
import { doLastDuties } from '../lib/last-duties.js';
import { assertDatabaseIsOurs } from './boot-check.js';
import { createFrontDoor } from './front-door.js';
import { stopGracefully } from './graceful-stop.js';
import { openSecurityEvents } from './security-events.js';
import { openSigningKeys } from './signing/open-signing-keys.js';
import { reloadSigningKey } from './signing/signing-key-reload.js';

/** Longer than any proxy in front keeps an idle connection, so that ours never closes first. */
const KEEP_ALIVE_MS = 75_000;

/** For mails that are under way; a stop has five seconds for everything. */
const MAIL_PATIENCE_MS = 2_000;

/**
 * Next behind a thin server of ours, since Next cannot see the peer's address.
 *
 * @param onHangUp is told what to do at SIGHUP
 */
export async function startWebApp(onHangUp: (answer: () => void) => void): Promise<void> {
  const environment = webEnvironment();
  const dev = isDevelopment();
  await assertDatabaseIsOurs(environment.databaseUrl);
  const keys = await openSigningKeys(environment);
  shareSigningKeys(keys);
  const events = await openSecurityEvents(environment);
  shareEventRecorder(events.recorder);
  onHangUp(() => reloadSigningKey(keys, readWebEnvironment));

  const server = createServer({ keepAliveTimeout: KEEP_ALIVE_MS });
  const { host, webPort: port } = environment;
  const next = createNext({
    dev,
    dir: join(import.meta.dirname, '../..'),
    hostname: 'localhost',
    port,
    httpServer: server,
  });
  await next.prepare();
  const { recorder } = events;
  const admission = sharedAdmission(environment.authCapacity);
  const door = { ...environment, admission, recorder };
  server.on('request', createFrontDoor(door, next.getRequestHandler(), { dev }));
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, resolve);
  });
  stopGracefully(server, async () => {
    await doLastDuties(MAIL_PATIENCE_MS);
    await events.close();
    await next.close();
  });
  process.stdout.write(`web: ${environment.webUrl}\n`);
  process.send?.({ type: 'ready' });
}

/** For the operator, of whatever kept the web app from starting. */
export function sentenceFor(error: unknown): string {
  if (error instanceof ConfigurationError) return error.message;
  if (!(error instanceof Error)) return 'The web app could not start.';
  if ('code' in error && error.code === 'EADDRINUSE') {
    return `Port ${webEnvironment().webPort} is taken: stop what listens there, or set WEB_PORT.`;
  }
  return error.message;
}
