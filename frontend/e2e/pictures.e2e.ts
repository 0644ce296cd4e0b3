import { resolve } from 'node:path';
import type { Browser, BrowserContext, Page } from '@playwright/test';
import { type Account, addTask, expect, newAccount, product, signUp, test } from './person.js';

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
  const phone = await openPhone(browser, page.context());
  const small = await phone.newPage();
  await small.goto('/tasks');
  await expect(small.getByRole('checkbox').first()).toBeVisible();
  await takeOnPhone(small, 'tasks-phone');
  await phone.close();
});

test('pictures of the account: devices, activity, password, and the menu that leads there', async ({
  page,
  browser,
}) => {
  await page.setViewportSize({ width: 1280, height: 800 });
  const account = { ...newAccount(), email: 'ada.lovelace@example.com' };
  await signUp(page, account);
  await signInElsewhere(browser, account);
  const phone = await openPhone(browser, page.context());
  const small = await phone.newPage();

  for (const tab of [page, small]) {
    await tab.goto('/account/sessions');
    await expect(tab.getByRole('button', { name: /^End the session of/ })).toHaveCount(3);
  }
  await take(page, 'sessions');
  await takeOnPhone(small, 'sessions-phone');
  await page.emulateMedia({ colorScheme: 'dark' });
  await take(page, 'sessions-dark');
  await page.emulateMedia({ colorScheme: 'light' });
  await page.getByRole('button', { name: /^Account of/ }).click();
  await expect(page.getByRole('menuitem', { name: 'Sign out' })).toBeVisible();
  await take(page, 'menu');

  const attempts = page.getByText('Sign-in with a wrong password');
  await expect(async () => {
    await page.goto('/account/activity');
    await expect(attempts.first()).toBeVisible({ timeout: 500 });
  }).toPass();
  await take(page, 'activity');
  await small.goto('/account/activity');
  await takeOnPhone(small, 'activity-phone');

  for (const tab of [page, small]) {
    await tab.goto('/account/password');
    await tab.getByLabel('Current password').fill(account.password);
    await tab.getByLabel('New password').fill('Difference-1822');
    await expect(tab.getByText(/^Strength/)).toBeVisible();
  }
  await take(page, 'account-password');
  await takeOnPhone(small, 'account-password-phone');
  await phone.close();
});

test('pictures of a new password for a forgotten one', async ({ page }) => {
  await page.setViewportSize({ width: 1280, height: 800 });
  await page.goto('/forgot-password');
  await page.getByLabel('E-mail').fill('ada@example.com');
  await page.getByRole('button', { name: 'Send me a link' }).click();
  await expect(page.getByText('is on its way to it')).toBeVisible();
  await take(page, 'forgot');
  await page.goto('/reset-password#token=of-a-mail');
  await page.getByLabel('New password').fill('Seven brass cogs turn at 4');
  await expect(page.getByText('Strength: strong')).toBeVisible();
  await take(page, 'reset');
});

test('picture of Swagger UI', async ({ page }) => {
  await page.setViewportSize({ width: 1280, height: 1000 });
  await page.goto(`${product.api}/docs`);
  await expect(page.getByRole('button', { name: 'Authorize' })).toBeVisible();
  await take(page, 'swagger');
});

/** A phone that is signed in as the person of another browser. */
async function openPhone(browser: Browser, signedIn: BrowserContext): Promise<BrowserContext> {
  return browser.newContext({
    baseURL: product.web,
    storageState: await signedIn.storageState(),
    viewport: { width: 360, height: 740 },
    deviceScaleFactor: 2,
    isMobile: true,
    hasTouch: true,
  });
}

async function takeOnPhone(page: Page, name: string): Promise<void> {
  const width = await page.evaluate(() => document.documentElement.scrollWidth);
  expect(width).toBeLessThanOrEqual(360);
  await take(page, name);
}

const DEVICES = {
  '203.0.113.20':
    'Mozilla/5.0 (iPhone; CPU iPhone OS 19_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/19.1 Mobile/15E148 Safari/604.1',
  '198.51.100.7':
    'Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:145.0) Gecko/20100101 Firefox/145.0',
  '2001:db8::7':
    'Mozilla/5.0 (iPad; CPU OS 18_6 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.6 Mobile/15E148 Safari/604.1',
};

/** The same person on devices of other kinds, and somebody who guesses the password. */
async function signInElsewhere(browser: Browser, account: Account): Promise<void> {
  for (const [address, userAgent] of Object.entries(DEVICES)) {
    const context = await browser.newContext({
      baseURL: product.web,
      userAgent,
      extraHTTPHeaders: { 'x-forwarded-for': address },
    });
    const { email, password } = account;
    for (const tried of address.startsWith('198') ? ['Wrong-Password-1', password] : [password]) {
      await context.request.post('/api/auth/sign-in/email', { data: { email, password: tried } });
    }
    await context.close();
  }
}
