// `npm start`: everything from a fresh clone to two running apps. `npm run dev`: the same, watching.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import {
  dataDirOf,
  environmentFile,
  environmentOf,
  loadEnvironment,
  ROOT,
} from './environment.mjs';
import { writeLauncherPid } from './launcher-pid.mjs';
import { assertPortFree } from './ports.mjs';
import { answering, startProcess, stopProcess } from './processes.mjs';
import { setUp } from './setup.mjs';
import { bold, hasTerminal, main, Refusal, step } from './terminal.mjs';

const watch = process.argv.includes('--watch');
const apps = [];
let database;
let stopping;

/** Ends the apps first and the database last; a second signal changes nothing. */
function stop() {
  stopping ??= (async () => {
    await Promise.all(apps.map(stopProcess));
    // A database that is still starting is waited for: whoever made it must end it.
    await database?.then(
      ({ stop: stopDatabase }) => stopDatabase?.(),
      () => undefined,
    );
  })();
  return stopping;
}

async function start() {
  const environment = loadEnvironment(environmentFile());
  const webPort = environment.WEB_PORT || '3000';
  const apiPort = environment.API_PORT || '3001';
  if (webPort === apiPort) throw new Refusal('WEB_PORT and API_PORT must differ.');
  const dataDir = dataDirOf(environment);
  await assertNotRunning(dataDir, { WEB_PORT: webPort, API_PORT: apiPort });

  await setUp(watch ? { build: ['database'] } : undefined);
  if (stopping) return;
  database = step('Preparing the database', () =>
    environment.DATABASE_URL ? prepareServer(environment) : prepareEmbedded(dataDir),
  );
  Object.assign(environment, (await database).urls, { DATA_DIR: dataDir });
  if (stopping) return;
  writeLauncherPid(dataDir);

  const web = launch('The web app', 'web', environment);
  const api = launch('The API', 'api', environment);
  await step('Starting both apps', () =>
    Promise.all([
      answering(api, `http://127.0.0.1:${apiPort}/health`, 60_000),
      answering(web, `http://127.0.0.1:${webPort}/sign-in`, 60_000),
    ]),
  );
  const webUrl = environment.WEB_URL || `http://localhost:${webPort}`;
  const apiUrl = environment.API_URL || `http://localhost:${apiPort}`;
  console.log(
    `ready  web ${bold(webUrl)}  ·  API ${bold(`${apiUrl}/api`)}  ·  Swagger UI ${bold(`${apiUrl}/docs`)}`,
  );
}

/** Looks first, before a set-up would rebuild what a running start serves. */
async function assertNotRunning(dataDir, ports) {
  try {
    for (const [variable, port] of Object.entries(ports)) await assertPortFree(variable, port);
  } catch (error) {
    const server = join(dataDir, 'postgres', 'postmaster.pid');
    if (!existsSync(server)) throw error;
    throw new Refusal(`Tessera seems to run from this folder already. ${error.message}`);
  }
}

const local = () => import('../prisma/dist/local/index.js');

/** The embedded PostgreSQL, migrated, and the URLs of the app roles on it. */
async function prepareEmbedded(dataDir) {
  const { applyRoles, migrate, startEmbeddedPostgres } = await local();
  const postgres = await startEmbeddedPostgres({ dataDir });
  try {
    await migrate(postgres.ownerUrl);
    await applyRoles(postgres);
  } catch (error) {
    await postgres.stop();
    throw error;
  }
  const urls = { WEB_DATABASE_URL: postgres.webUrl, API_DATABASE_URL: postgres.apiUrl };
  return { urls, stop: () => postgres.stop() };
}

/** A PostgreSQL server of one's own, migrated, and its app roles given their logins. */
async function prepareServer(environment) {
  for (const variable of ['WEB_DATABASE_URL', 'API_DATABASE_URL']) {
    if (!environment[variable])
      throw new Refusal(`${variable}: is required together with DATABASE_URL.`);
  }
  const { applyRoles, migrate } = await local();
  const {
    DATABASE_URL: ownerUrl,
    WEB_DATABASE_URL: webUrl,
    API_DATABASE_URL: apiUrl,
  } = environment;
  try {
    await migrate(ownerUrl);
    await applyRoles({ ownerUrl, webUrl, apiUrl });
  } catch (error) {
    throw new Refusal(
      `DATABASE_URL: the database cannot be prepared: ${error.message || error.code}`,
    );
  }
  return {};
}

function launch(name, app, environment) {
  const built = join('dist', app === 'web' ? 'server.js' : 'main.js');
  const watcher = [join(ROOT, 'scripts', 'with-launcher.mjs'), 'npm', 'run', '--silent', 'dev'];
  const args = watch ? watcher : [built];
  const launched = startProcess(name, args, {
    cwd: join(ROOT, app === 'web' ? 'frontend' : 'backend'),
    env: {
      ...environmentOf(app, environment),
      NODE_ENV: watch ? 'development' : 'production',
      NEXT_TELEMETRY_DISABLED: '1',
    },
  });
  apps.push(launched);
  void launched.exited.then(async (reason) => {
    if (stopping) return;
    console.error(`${name} ended by itself (${reason}); stopping everything.`);
    await stop();
    process.exit(1);
  });
  return launched;
}

const end = () => void stop().then(() => process.exit(0));

/** An app that still starts gets the signal when it is ready: before, it might die of it. */
function reloadKeys() {
  if (watch) return console.log('npm run dev reads no keys again: start it anew.');
  console.log('Both apps read their keys again.');
  for (const { child, ready } of apps) void ready.then(() => child.kill('SIGHUP'));
}

for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, end);

// A closed terminal ends everything, as it always has; any other SIGHUP is about the keys. Some
// terminals send theirs just before they are gone, so the terminal is looked for once more.
const hadTerminal = hasTerminal();
const endWithTerminal = () => hadTerminal && !hasTerminal() && !stopping && end();
process.on('SIGHUP', () => {
  endWithTerminal();
  if (stopping) return;
  reloadKeys();
  setTimeout(endWithTerminal, 3_000).unref();
});

main(async () => {
  try {
    await start();
  } catch (error) {
    // While stopping, a step that fails is only a step that was interrupted.
    if (stopping) return;
    await stop();
    throw error;
  }
});
