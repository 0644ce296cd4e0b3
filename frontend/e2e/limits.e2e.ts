import type { Page } from '@playwright/test';
import { addTask, expect, newAccount, product, signIn, signUp, test } from './person.js';

test.afterEach(() => product.database('restore'));

const statusOfToken = async (page: Page) => (await page.request.get('/api/auth/token')).status();

test('FR-023 who guesses a password is made to wait, sees for how long, and is let in after it', async ({
  page,
}) => {
  const account = newAccount();
  await signUp(page, account);
  // Another browser: one that signed in before keeps a counter of its own.
  await page.goto('about:blank');
  await page.context().clearCookies();
  await page.clock.install();
  await page.goto('/sign-in');
  for (let tries = 0; tries < 6; tries += 1) {
    const answer = page.waitForResponse(/sign-in\/email/);
    await signIn(page, { ...account, password: 'Wrong-Password-1' });
    await answer;
  }
  const notice = page.getByRole('alert').filter({ hasText: 'Too many attempts.' });
  await expect(notice.getByText(/^Try again in \d+ seconds\.$/).last()).toBeVisible();
  await expect(page.getByLabel('E-mail')).toHaveValue(account.email);
  await page.clock.fastForward('00:10');
  await expect(notice).toContainText(/Try again in (1\d|20) seconds\./);
  await page.clock.fastForward('00:21');
  await expect(notice).toContainText('You can try again now.');
  await product.sql('UPDATE sign_in_backoff SET locked_until = now()');
  await signIn(page, account);
  await expect(page).toHaveURL(/\/tasks$/);
});

test('US5 neither an outage (503) nor a limit (429) of the token endpoint signs anybody out', async ({
  page,
}) => {
  test.setTimeout(90_000);
  await page.clock.install();
  await signUp(page, newAccount());
  await addTask(page, 'Before the trouble');

  const refused = (status: number) =>
    page.waitForResponse(
      (answer) => answer.url().endsWith('/api/auth/token') && answer.status() === status,
    );
  while ((await statusOfToken(page)) !== 429) {
    await Promise.all(Array.from({ length: 50 }, () => statusOfToken(page)));
  }
  const limited = refused(429);
  await page.clock.fastForward('11:00');
  await limited;
  await page.getByLabel('New task').fill('Typed meanwhile');

  await product.database('cut');
  const failed = refused(503);
  await page.clock.fastForward('00:31');
  await failed;
  await expect(page).toHaveURL(/\/tasks$/);

  await product.database('restore');
  await product.sql('DELETE FROM "rateLimit"');
  await page.clock.fastForward('00:31');
  await expect(async () => {
    await page.getByRole('button', { name: 'Add task' }).click();
    await expect(page.getByRole('checkbox', { name: 'Typed meanwhile' })).toBeVisible({
      timeout: 3_000,
    });
  }).toPass();
});
