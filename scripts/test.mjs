// `npm test`: all tests, each kind by its own runner, and one line with the sum of them at the end.
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findBrowser } from './browser.mjs';
import { environmentOfTools, ROOT } from './environment.mjs';
import { setUp } from './setup.mjs';
import { bold, main } from './terminal.mjs';

const results = mkdtempSync(join(tmpdir(), 'tessera-results-'));
process.once('exit', () => rmSync(results, { recursive: true, force: true }));

/** Runs a test runner, its output going by, to its end. */
function runner(title, args, env) {
  console.log(`\n${bold(title)}`);
  return new Promise((resolve) => {
    const child = spawn(process.execPath, args, {
      cwd: ROOT,
      env,
      stdio: ['ignore', 'inherit', 'inherit'],
    });
    for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => child.kill(signal));
    child.once('exit', (code) => resolve(code ?? 1));
  });
}

function report(file, count) {
  try {
    return count(JSON.parse(readFileSync(file, 'utf8')));
  } catch {
    return { passed: 0, failed: 1 };
  }
}

async function jest(env) {
  const file = join(results, 'jest.json');
  const args = ['node_modules/jest/bin/jest.js', '--ci', '--json', `--outputFile=${file}`];
  const code = await runner('Unit, integration and HTTP tests', args, env);
  return report(
    file,
    ({ numPassedTests, numFailedTests, numFailedTestSuites, numPendingTests }) => ({
      passed: numPassedTests,
      // A file that cannot run has no failed test, and a skipped test proves nothing.
      failed: Math.max(numFailedTests + numPendingTests, numFailedTestSuites, code === 0 ? 0 : 1),
    }),
  );
}

async function playwright(env) {
  const file = join(results, 'playwright.json');
  const executable = await findBrowser(ROOT);
  const code = await runner(
    'Browser tests',
    ['node_modules/@playwright/test/cli.js', 'test', '-c', 'frontend/e2e'],
    {
      ...env,
      ...(executable ? { CHROMIUM: executable } : {}),
      PLAYWRIGHT_JSON_OUTPUT_FILE: file,
    },
  );
  return report(file, ({ stats }) => ({
    passed: stats.expected,
    failed: Math.max(stats.unexpected + stats.flaky + stats.skipped, code === 0 ? 0 : 1),
  }));
}

main(async () => {
  await setUp();
  const env = { ...environmentOfTools(), NODE_ENV: 'test' };
  const runs = [await jest(env), await playwright(env)];
  const sum = (kind) => runs.reduce((total, counted) => total + counted[kind], 0);
  const [passed, failed] = [sum('passed'), sum('failed')];
  console.log(`\n${passed} passed, ${failed} failed`);
  process.exitCode = failed > 0 || passed === 0 ? 1 : 0;
});
