import {
  addTask,
  expect,
  newAccount,
  newBrowser,
  signIn,
  signOut,
  signUp,
  test,
} from './person.js';

test('what was being typed in a dialog is there again after one signed out in another tab and in again', async ({
  page,
  context,
}) => {
  const account = newAccount();
  await signUp(page, account);
  await addTask(page, 'Sweep the floor');
  await page.getByRole('button', { name: 'Edit Sweep the floor' }).click();
  await page.getByLabel('Description').fill('Under the table, too');
  const other = await context.newPage();
  await other.goto('/tasks');
  await signOut(other);
  await expect(page).toHaveURL(/\/sign-in\?reason=signed-out$/);
  await signIn(page, account);
  await expect(page.getByLabel('Title')).toHaveValue('Sweep the floor');
  await expect(page.getByLabel('Description')).toHaveValue('Under the table, too');
  await page.getByRole('button', { name: 'Save' }).click();
  await expect(page.getByText('Under the table, too')).toBeVisible();
  await page.reload();
  await expect(page.getByText('Under the table, too')).toBeVisible();
  await expect(page.getByRole('dialog')).toHaveCount(0);
});

test('nothing that one person typed is left for the next one who signs in in that tab', async ({
  page,
  browser,
}) => {
  const account = newAccount();
  const next = newAccount('Bob Boole');
  const elsewhere = await newBrowser(browser);
  await signUp(await elsewhere.newPage(), next);
  await elsewhere.close();

  await signUp(page, account);
  await page.getByLabel('New task').fill('For my eyes only');
  const kept = () => page.evaluate(() => JSON.stringify(sessionStorage));
  expect(await kept()).toContain('For my eyes only');
  await signOut(page);
  await signIn(page, next);
  await expect(page.getByLabel('New task')).toHaveValue('');
  expect(await kept()).toBe('{}');
  await signOut(page);
  await signIn(page, account);
  await expect(page.getByLabel('New task')).toHaveValue('');
});

test('a draft is forgotten when it was sent, or given up', async ({ page }) => {
  await signUp(page, newAccount());
  await addTask(page, 'Sweep the floor');
  await page.getByRole('button', { name: 'Edit Sweep the floor' }).click();
  await page.getByLabel('Title').fill('Sweep the yard');
  await page.getByRole('button', { name: 'Cancel' }).click();
  expect(await page.evaluate(() => sessionStorage.length)).toBe(0);
  await page.reload();
  await expect(page.getByRole('checkbox', { name: 'Sweep the floor' })).toBeVisible();
  await expect(page.getByRole('dialog')).toHaveCount(0);
  await expect(page.getByLabel('New task')).toHaveValue('');
});
