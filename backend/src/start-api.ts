import { ConfigurationError } from '@tessera/database/contract';
import { readEnvironment } from './config/env.js';
import { createApp } from './configure-app.js';
import { requireDatabase } from './database/database.readiness.js';
import { DATABASE } from './database/database.token.js';
import { stopGracefully } from './graceful-stop.js';
import { reloadKeys } from './key-reload.js';
import { ApplicationLogger } from './logging/application.logger.js';

/**
 * The API's process: up to listening.
 *
 * @param onHangUp is told what to do at SIGHUP
 */
export async function startApi(onHangUp: (answer: () => void) => void): Promise<void> {
  const environment = readEnvironment();
  const app = await createApp(environment);
  stopGracefully(app);
  onHangUp(() => reloadKeys(app));
  await requireDatabase(app.get(DATABASE));
  await app.listen(environment.apiPort, environment.host).catch((error: unknown) => {
    throw listenError(error, environment.apiPort);
  });
  app.get(ApplicationLogger).log(`listening on ${environment.apiUrl}`, 'Main');
  // For a launcher that waits until both apps serve.
  process.send?.({ type: 'ready' });
}

function listenError(error: unknown, port: number): unknown {
  const { code } = (error ?? {}) as { code?: unknown };
  if (code === 'EADDRINUSE') {
    return new ConfigurationError(`API_PORT: port ${port} is taken by another process`);
  }
  if (code === 'EACCES') return new ConfigurationError(`API_PORT: port ${port} needs more rights`);
  return error;
}

/** For the operator: their mistakes are sentences, a stack belongs to ours. */
export function sentenceFor(error: unknown): string {
  const isSurprise = !(error instanceof ConfigurationError) && error instanceof Error;
  return String(isSurprise ? error.stack : error instanceof Error ? error.message : error);
}
