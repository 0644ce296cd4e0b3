import type { BrowserContext, Page } from '@playwright/test';
import {
  type Account,
  addTask,
  expect,
  newAccount,
  newBrowser,
  signIn,
  signUp,
  test,
} from './person.js';

/** Signs in on another device, to the given page. */
async function signInAt(context: BrowserContext, account: Account, path: string): Promise<Page> {
  const page = await context.newPage();
  await page.goto(path);
  await signIn(page, account);
  await expect(page).toHaveURL(new RegExp(`${path}$`));
  return page;
}

test.describe('devices', () => {
  test('one device ends the session of another, which lands on sign-in at its next action, loses no text, and goes on where it was', async ({
    page,
    browser,
  }) => {
    const account = newAccount();
    await signUp(page, account);
    const context = await newBrowser(browser);
    const other = await signInAt(context, account, '/tasks');
    await addTask(other, 'From the other device');

    await page.goto('/account/sessions');
    await expect(page.getByRole('listitem').filter({ hasText: 'This device' })).toHaveCount(1);
    const end = page.getByRole('button', { name: /^End the session of/ });
    await end.click();
    await expect(page.getByText('is signed out.')).toBeVisible();
    await expect(end).toHaveCount(0);
    await expect(page.getByText('You are signed in nowhere else.')).toBeVisible();

    await other.getByLabel('New task').fill('Typed before the end');
    await other.getByRole('button', { name: 'Add task' }).click();
    await expect(other).toHaveURL(/\/sign-in\?reason=ended&return=%2Ftasks$/);
    await expect(other.getByText('You were signed out from another device')).toBeVisible();
    await signIn(other, account);
    await expect(other).toHaveURL(/\/tasks$/);
    await expect(other.getByLabel('New task')).toHaveValue('Typed before the end');
    await context.close();
  });

  test('all other devices are signed out after one asked-for confirmation, and this one stays', async ({
    page,
    browser,
  }) => {
    const account = newAccount();
    await signUp(page, account);
    const contexts = [await newBrowser(browser), await newBrowser(browser)];
    const others: Page[] = [];
    for (const context of contexts) {
      others.push(await signInAt(context, account, '/account/sessions'));
    }
    await page.goto('/account/sessions');
    const ends = page.getByRole('button', { name: /^End the session of/ });
    await expect(ends).toHaveCount(2);
    const signOutAll = page.getByRole('button', { name: 'Sign out all others' });
    await signOutAll.click();
    await page.getByRole('button', { name: 'Cancel' }).click();
    await expect(ends).toHaveCount(2);
    await signOutAll.click();
    await page.getByRole('button', { name: 'Sign them out' }).click();
    await expect(page.getByText('2 devices are signed out.')).toBeVisible();
    await expect(ends).toHaveCount(0);
    for (const other of others) {
      await other.reload();
      await expect(other).toHaveURL(/\/sign-in\?reason=expired/);
      await other.context().close();
    }
    await page.goto('/tasks');
    await expect(page.getByLabel('New task')).toBeVisible();
  });

  test('ending the session of this device signs out, in all its tabs', async ({
    page,
    context,
  }) => {
    await signUp(page, newAccount());
    const other = await context.newPage();
    await other.goto('/tasks');
    await expect(other.getByText('Nothing to do yet')).toBeVisible();
    await page.goto('/account/sessions');
    await page.getByRole('button', { name: 'End this session' }).click();
    for (const tab of [page, other]) {
      await expect(tab).toHaveURL(/\/sign-in\?reason=signed-out$/);
    }
    expect((await context.cookies()).filter(({ name }) => name.includes('session'))).toEqual([]);
  });

  test('the activity page tells what happened, and marks what failed', async ({
    page,
    browser,
  }) => {
    const account = newAccount();
    await signUp(page, account);
    const context = await newBrowser(browser);
    const attempt = { email: account.email, password: 'Wrong-Password-1' };
    await context.request.post('/api/auth/sign-in/email', { data: attempt });
    await context.close();
    const failed = page.getByRole('listitem').filter({ hasText: 'Sign-in with a wrong password' });
    await expect(async () => {
      await page.goto('/account/activity');
      await expect(failed).toHaveCount(1, { timeout: 500 });
    }).toPass();
    await expect(failed).toContainText('Not successful:');
    await expect(page.getByRole('listitem').filter({ hasText: 'Account created' })).toHaveCount(1);
  });
});
