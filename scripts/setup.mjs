// Brings a clone up to date: installs, generates and builds what is stale, and nothing else.
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { environmentOfTools, ROOT } from './environment.mjs';
import { main, Refusal, run, step } from './terminal.mjs';

const STAMPS = join(ROOT, 'node_modules', '.cache', 'tessera');
const NOT_SOURCES =
  /^(?:node_modules|dist|generated|bench|reports|test|e2e|test-results|coverage|\.next|next-env\.d\.ts|api-schema\.ts|.*\.(?:spec\.tsx?|tsbuildinfo|md))$/;

const SHARED = ['package-lock.json', 'tsconfig.base.json'];
const BUILDS = [
  {
    name: 'database',
    title: 'Building the database client',
    inputs: [...SHARED, 'prisma'],
    output: 'prisma/dist/index.js',
  },
  {
    name: 'backend',
    title: 'Building the API',
    inputs: [...SHARED, 'prisma', 'backend'],
    output: 'backend/dist/main.js',
  },
  {
    name: 'frontend',
    title: 'Building the web app',
    inputs: [...SHARED, 'prisma', 'frontend', 'backend/openapi.json'],
    output: 'frontend/.next/BUILD_ID',
  },
];

/** @param options.build which workspaces to build; all of them unless told */
export async function setUp(options = { build: BUILDS.map(({ name }) => name) }) {
  assertNode();
  await onceFor(
    'install',
    [...SHARED.slice(0, 1), 'package.json'],
    'node_modules/.package-lock.json',
    () => step('Installing packages', () => npm('ci', '--prefer-offline')),
  );
  const [database, ...apps] = BUILDS.filter(({ name }) => options.build.includes(name));
  await build(database);
  await Promise.all(apps.map(build));
}

function assertNode() {
  const [major, minor] = process.versions.node.split('.').map(Number);
  if (major > 20 || (major === 20 && minor >= 19)) return;
  throw new Refusal(`Node ${process.versions.node} is too old: Tessera needs Node 20.19 or newer.`);
}

const build = ({ name, title, inputs, output }) =>
  onceFor(name, inputs, output, () =>
    step(title, () => npm('run', 'build', '-w', `@tessera/${name}`)),
  );

const npm = (...args) => run('npm', args, { cwd: ROOT, env: environmentOfTools() });

/** Does the work unless its output is there and was made from the same inputs. */
async function onceFor(name, inputs, output, work) {
  const stamp = join(STAMPS, name);
  const fingerprint = createHash('sha256').update(process.version);
  for (const input of inputs) addToFingerprint(fingerprint, join(ROOT, input));
  const digest = fingerprint.digest('hex');
  if (existsSync(join(ROOT, output)) && existsSync(stamp) && readFileSync(stamp, 'utf8') === digest)
    return;
  await work();
  mkdirSync(STAMPS, { recursive: true });
  writeFileSync(stamp, digest);
}

function addToFingerprint(fingerprint, path) {
  if (statSync(path).isFile()) {
    fingerprint
      .update(path.slice(ROOT.length))
      .update('\0')
      .update(readFileSync(path))
      .update('\0');
    return;
  }
  for (const entry of readdirSync(path).sort()) {
    if (!NOT_SOURCES.test(entry)) addToFingerprint(fingerprint, join(path, entry));
  }
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) main(() => setUp());
