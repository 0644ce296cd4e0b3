import { addTask, expect, newAccount, product, signUp, test } from './person.js';

test.afterEach(() => product.database('restore'));

test('a database outage under an open tasks page says so, signs nobody out, loses no text, and ends by itself', async ({
  page,
}) => {
  await signUp(page, newAccount());
  await addTask(page, 'Before the outage');
  await product.database('cut');
  await page.getByLabel('New task').fill('Typed during the outage');
  await page.getByRole('button', { name: 'Add task' }).click();
  await expect(
    page.getByText(/unavailable|could not|cannot|try again|trouble/i).first(),
  ).toBeVisible();
  await expect(page.getByLabel('New task')).toHaveValue('Typed during the outage');
  await expect(page).toHaveURL(/\/tasks$/);
  expect((await page.request.get('/api/auth/token')).status()).toBe(503);
  await page.reload();
  await expect(page).toHaveURL(/\/tasks$/);
  await expect(
    page.getByText(/unavailable|could not|cannot|try again|trouble/i).first(),
  ).toBeVisible();
  await product.database('restore');
  await expect(page.getByRole('checkbox', { name: 'Before the outage' })).toBeVisible({
    timeout: 30_000,
  });
});

test('a lost connection shows a sentence and a retry, and recovers', async ({ page, context }) => {
  await signUp(page, newAccount());
  await addTask(page, 'Before the tunnel');
  await context.setOffline(true);
  await page.getByLabel('New task').fill('Typed in the tunnel');
  await page.getByRole('button', { name: 'Add task' }).click();
  await expect(page.getByText(/connection|offline|reach/i).first()).toBeVisible();
  await expect(page.getByLabel('New task')).toHaveValue('Typed in the tunnel');
  await context.setOffline(false);
  await page.getByRole('button', { name: 'Add task' }).click();
  await expect(page.getByRole('checkbox', { name: 'Typed in the tunnel' })).toBeVisible();
});

test('FR-023 too many attempts get 429 with Retry-After, and a sentence in the form', async ({
  page,
}) => {
  await page.goto('/sign-in');
  const attempt = { email: newAccount().email, password: 'Wrong-Password-1' };
  let status = 0;
  for (let tries = 0; tries < 40 && status !== 429; tries += 1) {
    const response = await page.request.post('/api/auth/sign-in/email', { data: attempt });
    status = response.status();
    if (status === 429) expect(Number(response.headers()['retry-after'])).toBeGreaterThan(0);
  }
  expect(status).toBe(429);
  await page.getByLabel('E-mail').fill(attempt.email);
  await page.getByLabel('Password', { exact: true }).fill(attempt.password);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await expect(page.getByText(/too many/i).first()).toBeVisible();
});
