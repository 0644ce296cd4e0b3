import { resolve } from 'node:path';
import type { Page } from '@playwright/test';
import { addTask, expect, newAccount, product, signUp, test } from './person.js';

const picture = (name: string) => resolve(import.meta.dirname, '../../docs/images', `${name}.png`);
const take = (page: Page, name: string) =>
  page.screenshot({ path: picture(name), animations: 'disabled', caret: 'hide' });

/** The same person with the same tasks in every picture. */
async function fillTasks(page: Page): Promise<void> {
  // A run has a database of its own, so the address is free, and the pictures stay the same.
  await signUp(page, { ...newAccount(), email: 'ada@example.com' });
  for (const title of [
    'Translate Menabrea’s memoir',
    'Write notes A to G',
    'Compute the Bernoulli numbers',
  ])
    await addTask(page, title);
  await page.getByRole('checkbox', { name: 'Translate Menabrea’s memoir' }).click();
  await expect(page.getByRole('checkbox', { name: 'Translate Menabrea’s memoir' })).toBeChecked();
}

test('pictures of sign-up and sign-in', async ({ page }) => {
  await page.setViewportSize({ width: 1280, height: 800 });
  await page.goto('/sign-up');
  await page.getByLabel('Name').fill('Ada Lovelace');
  await page.getByLabel('E-mail').fill('ada@example.com');
  await page.getByLabel('Password', { exact: true }).fill('Analytical');
  await expect(page.getByRole('button', { name: 'Create account' })).toBeVisible();
  await take(page, 'sign-up');
  await page.goto('/sign-in');
  await expect(page.getByRole('button', { name: 'Sign in' })).toBeVisible();
  await take(page, 'sign-in');
});

test('pictures of the tasks in light, dark and on a phone', async ({ page, browser }) => {
  await page.setViewportSize({ width: 1280, height: 800 });
  await fillTasks(page);
  await page.mouse.move(0, 0);
  await take(page, 'tasks');
  await page.emulateMedia({ colorScheme: 'dark' });
  await take(page, 'tasks-dark');
  const phone = await browser.newContext({
    baseURL: product.web,
    storageState: await page.context().storageState(),
    viewport: { width: 360, height: 740 },
    deviceScaleFactor: 2,
    isMobile: true,
    hasTouch: true,
  });
  const small = await phone.newPage();
  await small.goto('/tasks');
  await expect(small.getByRole('checkbox').first()).toBeVisible();
  const width = await small.evaluate(() => document.documentElement.scrollWidth);
  expect(width).toBeLessThanOrEqual(360);
  await take(small, 'tasks-phone');
  await phone.close();
});

test('picture of Swagger UI', async ({ page }) => {
  await page.setViewportSize({ width: 1280, height: 1000 });
  await page.goto(`${product.api}/docs`);
  await expect(page.getByRole('button', { name: 'Authorize' })).toBeVisible();
  await take(page, 'swagger');
});
