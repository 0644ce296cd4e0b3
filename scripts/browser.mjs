// Finds a Chromium for the browser tests, or gets one.
import { existsSync, readFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { environmentOfTools } from './environment.mjs';
import { Refusal, run, step } from './terminal.mjs';

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];

function installed() {
  const folders = ['/usr/bin', ...(process.env.PATH ?? '').split(delimiter)];
  return NAMES.flatMap((name) => folders.map((folder) => join(folder, name))).find((path) =>
    existsSync(path),
  );
}

const isDebian = () =>
  existsSync('/etc/os-release') &&
  /^ID(?:_LIKE)?=.*debian/m.test(readFileSync('/etc/os-release', 'utf8'));

async function installPackage() {
  const env = { ...environmentOfTools(), DEBIAN_FRONTEND: 'noninteractive' };
  await run('apt-get', ['update', '-qq'], { env });
  await run('apt-get', ['install', '-y', '-qq', '--no-install-recommends', 'chromium'], { env });
}

/**
 * @returns the path of a Chromium, or undefined for the one that Playwright has fetched for itself
 * @throws Refusal when there is none and none can be had: the browser tests are never skipped
 */
export async function findBrowser(root) {
  const found = installed();
  if (found) return found;
  try {
    if (process.getuid?.() === 0 && isDebian()) {
      await step('Installing Chromium', installPackage);
      return installed();
    }
    const cli = join(root, 'node_modules', '@playwright', 'test', 'cli.js');
    await step('Fetching Chromium', () =>
      run(process.execPath, [cli, 'install', 'chromium'], { cwd: root, env: environmentOfTools() }),
    );
    return undefined;
  } catch (error) {
    throw new Refusal(
      `The browser tests need Chromium and none could be had: ${error.message} Install the package chromium.`,
    );
  }
}
