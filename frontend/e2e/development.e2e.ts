import { spawn } from 'node:child_process';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { freePort } from './product.js';
import { addTask, expect, newAccount, signUp, test } from './person.js';

const answers = (url: string) =>
  fetch(url).then(
    () => true,
    () => false,
  );

test('npm run dev serves both apps from their sources, and leaves nothing when its launcher is killed', async ({
  browser,
}) => {
  test.setTimeout(150_000);
  const folder = await mkdtemp(join(tmpdir(), 'tessera-dev-'));
  await chmod(folder, 0o711);
  const [webPort, apiPort] = [await freePort(), await freePort()];
  const web = `http://localhost:${webPort}`;
  const launcher = spawn(process.execPath, ['scripts/start.mjs', '--watch'], {
    cwd: resolve(import.meta.dirname, '../..'),
    stdio: ['ignore', 'pipe', 'inherit'],
    env: {
      ...process.env,
      ENV_FILE: join(folder, '.env'),
      DATA_DIR: join(folder, 'data'),
      WEB_PORT: String(webPort),
      API_PORT: String(apiPort),
      LOG_LEVEL: 'error',
    },
  });
  const context = await browser.newContext({ baseURL: web });
  try {
    await new Promise<void>((ready, failed) => {
      launcher.once('exit', (code) => failed(new Error(`npm run dev ended with ${code}`)));
      launcher.stdout.on('data', (chunk: Buffer) => /^ready/m.test(String(chunk)) && ready());
    });
    const page = await context.newPage();
    // Next compiles each of these when it is first asked for, and /tasks only for who brings a cookie.
    const headers = { cookie: 'tessera.session_token=none' };
    for (const path of ['/api/auth/token', '/tasks', '/sign-up']) {
      await page.request.get(path, { headers });
    }
    await signUp(page, newAccount());
    await addTask(page, 'Edit a source file');
    launcher.kill('SIGKILL');
    for (const url of [web, `http://localhost:${apiPort}/health/live`]) {
      await expect.poll(() => answers(url), { timeout: 15_000 }).toBe(false);
    }
  } finally {
    launcher.kill('SIGKILL');
    await context.close();
    // The database outlives a killed launcher, for the next start to take over; here there is none.
    const { startEmbeddedPostgres } = await import('@tessera/database/local');
    await (await startEmbeddedPostgres({ dataDir: join(folder, 'data') })).destroy();
    await rm(folder, { recursive: true, force: true });
  }
});
