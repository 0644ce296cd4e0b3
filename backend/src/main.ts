import { ConfigurationError } from '@tessera/database/contract';
import { readEnvironment } from './config/env.js';
import { createApp } from './configure-app.js';
import { requireDatabase } from './database/database.readiness.js';
import { DATABASE } from './database/database.token.js';
import { stopGracefully } from './graceful-stop.js';
import { ApplicationLogger } from './logging/application.logger.js';

async function main(): Promise<void> {
  const environment = readEnvironment();
  const app = await createApp(environment);
  stopGracefully(app);
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

main().catch((error: unknown) => {
  // The operator's mistakes are sentences; a stack belongs to ours.
  const isSurprise = !(error instanceof ConfigurationError) && error instanceof Error;
  const text = isSurprise ? error.stack : error instanceof Error ? error.message : error;
  process.stderr.write(`The API did not start.\n${String(text)}\n`);
  process.exit(1);
});
