import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startApp } from './app-process.js';
import { expect, followMail, newAccount, signIn, test, variable } from './person.js';
import { freePort } from './product.js';

const newSecret = () => randomBytes(48).toString('base64url');

test('with REQUIRE_EMAIL_VERIFICATION a person signs up, cannot sign in yet, confirms by mail, and is in', async ({
  browser,
}) => {
  test.setTimeout(90_000);
  const folder = await mkdtemp(join(tmpdir(), 'tessera-verification-'));
  const port = String(await freePort());
  const web = startApp('web', {
    WEB_PORT: port,
    WEB_DATABASE_URL: variable('E2E_WEB_DATABASE_URL'),
    BETTER_AUTH_SECRET: newSecret(),
    JWT_SECRET: newSecret(),
    DATA_DIR: folder,
    REQUIRE_EMAIL_VERIFICATION: 'on',
  });
  const context = await browser.newContext({ baseURL: `http://localhost:${port}` });
  try {
    await web.ready();
    const account = newAccount();
    const page = await context.newPage();
    for (const attempt of ['the first time', 'with an e-mail that is used']) {
      await test.step(`sign-up ${attempt}`, async () => {
        await page.goto('/sign-up');
        await page.getByLabel('Name').fill(account.name);
        await page.getByLabel('E-mail').fill(account.email);
        await page.getByLabel('Password', { exact: true }).fill(account.password);
        await page.getByRole('button', { name: 'Create account' }).click();
        await expect(page.getByText('Check your mail')).toBeVisible();
        expect(await context.cookies()).not.toContainEqual(
          expect.objectContaining({ name: expect.stringContaining('session') }),
        );
      });
    }
    await page.goto('/sign-in');
    await signIn(page, account);
    await expect(page.getByText('Confirm first that')).toBeVisible();
    await page.getByRole('button', { name: 'Send it again' }).click();
    await expect(page.getByText('on its way once more')).toBeVisible();
    await expect(page.getByLabel('Password', { exact: true })).toHaveValue(account.password);

    const mailbox = await context.newPage();
    await followMail(mailbox, account, /confirm/i);
    await expect(mailbox).toHaveURL(/\/verify-email$/);
    await mailbox.getByRole('button', { name: 'Confirm my e-mail' }).click();
    await expect(mailbox.getByText('Your e-mail is confirmed.')).toBeVisible();
    await page.getByRole('button', { name: 'Sign in' }).click();
    await expect(page).toHaveURL(/\/tasks$/);
  } finally {
    await context.close();
    await web.stop();
    await rm(folder, { recursive: true, force: true });
  }
});
